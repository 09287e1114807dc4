package import ClaimsDomain

/// Who is enrolled in what, and from when to when.
package protocol MemberDirectory {
  /// All spans of these members, oldest first. Members nobody knows are absent.
  func coverages(of members: [MemberID]) throws -> [MemberID: [Coverage]]

  /// Replaces all spans of the members named by these ones.
  func enroll(_ coverages: [Coverage]) throws

  /// Takes the eligibility answers of these members out of use, so that the next claim asks again.
  ///
  /// - Returns: the decided claims that such an answer was used for.
  func retireEligibility(of members: [MemberID]) throws -> [ClaimIntakeID]
}
