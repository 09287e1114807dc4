package import ClaimsDomain
package import DurableExecution

/// Who is enrolled in what, and from when to when.
package protocol MemberDirectory {
  /// All spans by the number a claim names a member with, oldest first. Numbers nobody knows are absent.
  func coverages(of numbers: [MemberID]) throws -> [MemberID: [Coverage]]

  /// Replaces all spans under each number.
  func enroll(_ enrollments: [Enrollment]) throws

  /// Those of these numbers whose coverage an enrollment transaction has settled.
  func settledEnrollments(of numbers: [MemberID]) throws -> [SettledEnrollment]

  /// Puts on record, in place of what was there, whose coverage a transaction has settled.
  func settle(_ enrollments: [SettledEnrollment]) throws

  /// Every number that somebody of a family is known by, in order.
  func numbers(of family: FamilyID) throws -> [MemberID]

  /// Takes the eligibility answers about these numbers out of use, so that the next claim asks again.
  ///
  /// - Returns: the decided claims that such an answer was used for.
  func retireEligibility(of numbers: [MemberID]) throws -> [ClaimIntakeID]

  /// The claims of a family that eligibility was asked for, whatever became of them.
  func claims(of family: FamilyID) throws -> [ClaimIntakeID]
}

/// What the directory holds under one number.
package struct Enrollment: Hashable, Sendable {
  package var number: MemberID
  package var spans: [Coverage]

  package init(number: MemberID, spans: [Coverage]) {
    self.number = number
    self.spans = spans
  }
}

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

  package init(_ enrollment: Enrollment, by key: KeyText) throws {
    self.init(number: enrollment.number, effectKey: key, coverageDigest: try Self.digest(of: enrollment.spans))
  }

  /// Whether the directory still has what the transaction left.
  package func holds(_ spans: [Coverage]) throws -> Bool { try Self.digest(of: spans) == coverageDigest }

  private static func digest(of spans: [Coverage]) throws -> String {
    ContentDigest.sha256(try CanonicalJSON.bytes(of: spans))
  }
}
