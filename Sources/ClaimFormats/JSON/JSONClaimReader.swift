package import ClaimsDomain
internal import Crypto
internal import Foundation
internal import StrictText

/// Reads JSON claims one record at a time: a single object, an array of objects, or one object per line (NDJSON).
package struct JSONClaimReader {
  private var scanner: JSONRecordScanner
  private var lines: LineCount
  private let decoder = JSONDecoder()
  private let encoder = JSONEncoder()
  private let isTest: Bool
  private var hasEnded = false

  /// No JSON claim has a key for the day on which it was made.
  package var statedDay: StatedDay {
    .unknown(
      at: SourceLocation(.record, scanner.number), reason: "a JSON claim does not say on which day it was made")
  }

  /// The offset in the source of the first byte that is not read yet.
  var position: Int { scanner.position }

  /// - Parameter partners: The profiles that determine whether claims without a sender are tests.
  package init(_ source: any ClaimBytes, partners: PartnerProfiles = PartnerProfiles()) {
    isTest = partners.profile(of: nil).takesForTest(nil)
    scanner = JSONRecordScanner(source)
    lines = LineCount(of: source)
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// Returns the next claim or rejection, and nil at the end. A file that is cut off ends with a fault that says so.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> IntakeItem? {
    guard !hasEnded else { return nil }
    switch try scanner.next() {
    case .object(let bytes):
      return try item(bytes)
    case .broken(let reason):
      return .rejected(ClaimRejection(location: SourceLocation(.record, scanner.number), reason: reason))
    case nil:
      hasEnded = true
      if scanner.isCutOff {
        return .fault(.isCutOff(after: scanner.number))
      }
      return nil
    }
  }

  private mutating func item(_ record: [UInt8]) throws(InputError) -> IntakeItem {
    do throws(StrictJSON.Defect) {
      return item(Data(try StrictJSON.checked(record)))
    } catch let defect {
      let start = scanner.start
      let error = try defect.counted { () throws(InputError) in try lines.place(of: start) }
      // A record with duplicate keys does not reliably identify a claim.
      return .rejected(
        ClaimRejection(
          location: SourceLocation(.record, scanner.number, element: error.path.isEmpty ? nil : error.path),
          reason: error.path.isEmpty ? "the record \(error.reason)" : error.reason))
    }
  }

  private func item(_ record: Data) -> IntakeItem {
    guard let judged = try? decoder.decode(JudgedClaimDocument.self, from: record) else {
      return .rejected(rejection(record, [ClaimDocument.Problem(path: "", reason: "the record cannot be read")]))
    }
    guard let document = judged.document, let digest = try? digest(of: document),
      let claim = document.claim(isTest: isTest, digest: digest)
    else {
      var rejection = rejection(record, judged.problems)
      rejection.partial = judged.outline?.partial(at: SourceLocation(.record, scanner.number))
      return .rejected(rejection)
    }
    return .claim(claim, at: SourceLocation(.record, scanner.number))
  }

  /// Hashes the decoded claim as canonical JSON, so that white space, key order, and number format (`125` or `125.00`)
  /// do not make it a different claim. A test claim has a different digest from the same claim in production.
  private func digest(of document: ClaimDocument) throws -> String {
    SHA256.hash(data: Data((isTest ? "test~" : "").utf8) + (try encoder.encode(document))).hex
  }

  private func rejection(_ record: Data, _ problems: [ClaimDocument.Problem]) -> ClaimRejection {
    let heading = try? decoder.decode(Heading.self, from: record)
    var listed = Array(problems.prefix(ClaimShape.limit))
    if let next = problems.dropFirst(ClaimShape.limit).first {
      listed.append(ClaimDocument.Problem(path: next.path, reason: .isCutShort))
    }
    let all = listed.map { problem in
      let place = SourceLocation(.record, scanner.number, element: problem.path.isEmpty ? nil : problem.path)
      return ClaimRejection.Further(location: place, reason: problem.reason)
    }
    let first =
      all.first ?? .init(location: SourceLocation(.record, scanner.number), reason: "the record cannot be read")
    var rejection = ClaimRejection(
      claimNumber: heading?.claimNumber, payerID: heading?.payerID, charge: heading?.charge, location: first.location,
      reason: first.reason)
    rejection.further = Array(all.dropFirst())
    return rejection
  }

  /// The values that identify a claim, as far as they can be read from a broken one.
  private struct Heading: Decodable {
    let claimNumber: ClaimNumber?
    let payerID: PayerID?
    let charge: Money?

    private enum CodingKeys: String, CodingKey {
      case payer, charge
      case claimNumber = "claim_number"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      claimNumber = try? container.decode(ClaimNumber.self, forKey: .claimNumber)
      payerID = (try? container.decode(Payer.self, forKey: .payer))?.id
      charge = try? container.decode(Money.self, forKey: .charge)
    }
  }
}
