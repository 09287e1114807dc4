package import Foundation
import StrictText

/// One answer of the bank, as it is stored, sent and replayed: a repeat of an idempotency key gets these very bytes.
package struct BankResponse: Hashable, Sendable {
  /// The HTTP status code.
  package let status: Int
  package let contentType: String
  package let body: Data
  /// Whether this was stored by an earlier request; sent as `Idempotent-Replay: true`.
  package let isReplay: Bool

  init(status: Int, contentType: String, body: Data, isReplay: Bool = false) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.isReplay = isReplay
  }

  static func texts(_ status: Int, _ members: KeyValuePairs<String, String>) -> BankResponse {
    BankResponse(status: status, contentType: "application/json", body: FlatJSON.object(members))
  }

  static func json(_ status: Int, _ document: some Encodable) throws -> BankResponse {
    BankResponse(status: status, contentType: "application/json", body: try encoder.encode(document))
  }

  /// - Parameter detail: one line for people; it carries no names and no account data.
  static func problem(_ problem: BankProblem, _ detail: String) throws -> BankResponse {
    let document = ProblemDocument(problem, detail: detail)
    return BankResponse(
      status: problem.status, contentType: ProblemDocument.contentType, body: try encoder.encode(document))
  }

  /// For statuses that have no `BankProblem`: HTTP's own, and those a fault plan makes up.
  static func other(_ status: Int, _ title: String, _ detail: String) throws -> BankResponse {
    let document = ProblemDocument(status: status, title: title, detail: detail)
    return BankResponse(
      status: status, contentType: ProblemDocument.contentType, body: try encoder.encode(document))
  }

  /// The document that the body holds; nil where it holds none, or JSON that two readers could read as two documents.
  func document<Document: Decodable>(_ type: Document.Type) -> Document? {
    guard let body = try? StrictJSON.checked(Array(body)) else { return nil }
    return try? JSONDecoder().decode(type, from: Data(body))
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}
