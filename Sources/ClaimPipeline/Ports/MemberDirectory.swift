package import ClaimsDomain

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
