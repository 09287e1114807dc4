import ClaimStore
import DurableExecution
import ClaimPipeline
import ClaimsDomain

/// Brings the directory up to the member files.
struct MemberDirectoryLoad<Store: ClaimStore> {
  let store: Store

  private static var page: Int { 1_000 }

  /// What came of the member files.
  struct Outcome {
    /// Decided claims that rest on an answer that was retired.
    var touched: [ClaimIntakeID] = []
    /// People whom the files have otherwise than an enrollment transaction, and who are left as that has them.
    var leftAsSettled = 0
  }

  /// Enrolls who is new and changes who has changed; members the files do not name stay as they are, and so do those whom an
  /// enrollment transaction has spoken of. Eligibility answers about changed members are retired with the change, in
  /// one transaction.
  ///
  /// - Throws: `StoreFailure`.
  func load(_ members: [Member]) async throws -> Outcome {
    var outcome = Outcome()
    for start in stride(from: 0, to: members.count, by: Self.page) {
      let page = Array(members[start..<min(start + Self.page, members.count)])
      let (touched, left) = try await store.transaction { transaction in
        let enrollments = page.flatMap { member in
          member.numbers.map { (member: member.id, enrollment: Enrollment(number: $0, spans: member.spans)) }
        }
        let numbers = enrollments.map(\.enrollment.number)
        let known = try transaction.coverages(of: numbers)
        let settled = Set(try transaction.settledEnrollments(of: numbers).map(\.number))
        let different = enrollments.filter { (known[$0.enrollment.number] ?? []) != $0.enrollment.spans }
        let left = Set(different.filter { settled.contains($0.enrollment.number) }.map(\.member))
        let changed = different.map(\.enrollment).filter { !settled.contains($0.number) }
        guard !changed.isEmpty else { return ([ClaimIntakeID](), left.count) }
        try transaction.enroll(changed)
        return (try transaction.retireEligibility(of: changed.map(\.number).filter { known[$0] != nil }), left.count)
      }
      outcome.touched += touched
      outcome.leftAsSettled += left
    }
    return outcome
  }
}
