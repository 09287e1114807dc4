package import ClaimsDomain
package import DurableExecution

/// The members' enrollments and their dates.
package protocol MemberDirectory {
  /// All coverage spans, by the number that a claim gives for a member, oldest first. Unknown numbers are absent.
  func coverages(of numbers: [MemberID]) throws -> [MemberID: [Coverage]]

  /// The coverage spans of some numbers, and which of others an enrollment transaction has settled, in one question.
  func coverages(
    of numbers: [MemberID], settledAmong others: [MemberID]
  ) throws -> (spans: [MemberID: [Coverage]], settled: [SettledEnrollment])

  /// Keeps everybody else from reading or changing the directory until the transaction ends. A transaction that changes the
  /// coverage of known numbers calls this before it reads any: if two read first, each would wait for the other.
  func lockDirectory() throws

  /// Replaces all coverage spans of each number.
  func enroll(_ enrollments: [Enrollment]) throws

  /// Adds the coverage of numbers that were unknown when this transaction read them. Another transaction may have added
  /// the same coverage since.
  ///
  /// - Throws: `StoreFailure.stale` if another transaction has added other coverage for one of the numbers.
  func add(_ coverages: [MemberID: Coverage]) throws

  /// The settled enrollments of those numbers whose coverage an enrollment transaction has settled.
  func settledEnrollments(of numbers: [MemberID]) throws -> [SettledEnrollment]

  /// Records the coverage that a transaction has settled, replacing earlier records.
  func settle(_ enrollments: [SettledEnrollment]) throws

  /// All numbers by which the members of a family are known, in order.
  func numbers(of family: FamilyID) throws -> [MemberID]

  /// Retires the eligibility responses for these numbers, so that the next claim checks coverage again.
  ///
  /// - Returns: the decided claims that used such a response.
  func retireEligibility(of numbers: [MemberID]) throws -> [ClaimIntakeID]

  /// The claims of a family whose eligibility was checked, whatever their outcome.
  func claims(of family: FamilyID) throws -> [ClaimIntakeID]
}

/// The directory's content for one number.
package struct Enrollment: Hashable, Sendable {
  package var number: MemberID
  package var spans: [Coverage]

  package init(number: MemberID, spans: [Coverage]) {
    self.number = number
    self.spans = spans
  }

  /// Whether claims that were decided before might be decided otherwise now.
  ///
  /// - Parameter known: the spans on record then; nil when the number was not on record, for which claims were denied
  ///   (PR-31).
  package func mayChangeDecisions(madeBy known: [Coverage]?) -> Bool {
    known.map { !spans.decidesAs($0) } ?? true
  }
}

/// A number whose coverage an enrollment transaction has settled, with a digest of the coverage recorded then. Only
/// another transaction changes it, never a member file or a processing run.
package struct SettledEnrollment: Hashable, Sendable {
  package let number: MemberID
  /// The effect key of the enrollment transaction.
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

  /// Whether the directory still holds the coverage that the transaction recorded.
  package func holds(_ spans: [Coverage]) throws -> Bool { try Self.digest(of: spans) == coverageDigest }

  private static func digest(of spans: [Coverage]) throws -> String {
    ContentDigest.sha256(try CanonicalJSON.bytes(of: spans))
  }
}
