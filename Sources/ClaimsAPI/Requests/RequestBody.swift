import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import StrictText

extension Request {
  /// - Throws: `NIOTooManyBytesError`.
  func bytes(upTo limit: Int) async throws -> [UInt8] {
    Array(try await body.collect(upTo: limit).readableBytesView)
  }

  /// Returns a header that may be sent once.
  ///
  /// - Throws: `APIProblem` if the header is there twice, since it is unknown which of the two is meant.
  func header(_ name: HTTPField.Name) throws(APIProblem) -> String? {
    let values = headers[values: name]
    guard values.count <= 1 else { throw .malformed("\(name.rawName) must be sent once") }
    return values.first
  }

  /// The seconds that the caller is ready to wait for a request under way (RFC 7240); at most a minute.
  var preferredWait: Duration {
    for preference in headers[values: .prefer].flatMap({ $0.split(separator: ",") }) {
      let parts = preference.lowercased().split(separator: "=").map { $0.filter { !$0.isWhitespace } }
      if parts.count == 2, parts[0] == "wait", let seconds = Int(parts[1]), seconds > 0 {
        return .seconds(min(seconds, 60))
      }
    }
    return .zero
  }

  /// Whether the caller prefers that the request is only taken in now, and worked on later (RFC 7240).
  var prefersLater: Bool {
    headers[values: .prefer].flatMap { $0.split(separator: ",") }
      .contains { preference in
        preference.split(separator: ";").first?.filter { !$0.isWhitespace }.lowercased() == "respond-async"
      }
  }
}

/// The body of a request that is a JSON object with known members. A member that is not known is refused: it may be a
/// misspelled one, and then something that was asked for would not happen.
package protocol RequestDocument: Decodable {
  associatedtype CodingKeys: CodingKey & CaseIterable
}

extension RequestDocument {
  /// - Throws: `APIProblem`, which names what is wrong and quotes no value.
  init(body: [UInt8]) throws(APIProblem) {
    do {
      let data = Data(try StrictJSON.checked(body))
      let (names, empty) = try JSONDecoder().decode(MemberNames.self, from: data).both
      let known = Set(CodingKeys.allCases.map(\.stringValue))
      if let unknown = names.subtracting(known).min() {
        throw APIProblem.malformed(
          "there is no member \(unknown.prefix(40).debugDescription); there are \(known.sorted().joined(separator: ", "))"
        )
      }
      if let member = empty.min() { throw APIProblem.malformed("\(member) is null; leave out what there is not") }
      self = try JSONDecoder().decode(Self.self, from: data)
    } catch let problem as APIProblem {
      throw problem
    } catch let defect as StrictJSON.Defect {
      throw .malformed("\(defect.path.isEmpty ? "the body" : defect.path) \(defect.reason)")
    } catch let error as DecodingError {
      throw .malformed(error.place)
    } catch {
      throw .malformed("the body does not read as JSON")
    }
  }
}

private struct MemberNames: Decodable {
  /// The names of all members, and of those whose value is null.
  let both: (names: Set<String>, empty: Set<String>)

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyName.self)
    let empty = try container.allKeys.filter { try container.decodeNil(forKey: $0) }
    both = (Set(container.allKeys.map(\.stringValue)), Set(empty.map(\.stringValue)))
  }

  private struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension DecodingError {
  /// What is wrong, by the names of members only.
  fileprivate var place: String {
    switch self {
    case .keyNotFound(let key, let context): "\(Self.path(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(Self.path(context.codingPath)) is missing"
    case .typeMismatch(_, let context), .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "the body is not a JSON object, or a number in it is not whole or too large"
        : "\(Self.path(context.codingPath)) is not as it should be"
    @unknown default: "the body is not as it should be"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
}
