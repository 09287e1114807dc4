package import ClaimsDomain
package import DurableExecution

/// A number whose coverage an enrollment transaction has settled, and what was on record for it then. No member file and no
/// run changes it; another transaction does.
package struct SettledEnrollment: Hashable, Sendable {
  package let number: MemberID
  /// The transaction's.
  package let effectKey: KeyText
  package let coverageDigest: String

  package init(number: MemberID, effectKey: KeyText, coverageDigest: String) {
    self.number = number
    self.effectKey = effectKey
    self.coverageDigest = coverageDigest
  }

  init(_ enrollment: Enrollment, by key: KeyText) throws {
    self.init(number: enrollment.number, effectKey: key, coverageDigest: try Self.digest(of: enrollment.spans))
  }

  /// Whether the directory still has what the transaction left.
  func holds(_ spans: [Coverage]) throws -> Bool { try Self.digest(of: spans) == coverageDigest }

  private static func digest(of spans: [Coverage]) throws -> String {
    ContentDigest.sha256(try CanonicalJSON.bytes(of: spans))
  }
}
