import DurableExecution
import ClaimPipeline
import ClaimsDomain

/// Brings the directory up to the member files.
struct MemberDirectoryLoad<Store: ClaimStore> {
  let store: Store

  private static var page: Int { 1_000 }

  /// Enrols who is new and changes who has changed; members the files do not name stay as they are. Eligibility
  /// answers about changed members are retired with the change, in one transaction.
  ///
  /// - Returns: decided claims that rest on a retired answer.
  /// - Throws: `StoreFailure`.
  func load(_ members: [Member]) async throws -> [ClaimIntakeID] {
    var touched: [ClaimIntakeID] = []
    for start in stride(from: 0, to: members.count, by: Self.page) {
      let page = Array(members[start..<min(start + Self.page, members.count)])
      touched += try await store.transaction { transaction in
        let enrollments = page.flatMap { member in
          member.numbers.map { Enrollment(number: $0, spans: member.spans) }
        }
        let known = try transaction.coverages(of: enrollments.map(\.number))
        let changed = enrollments.filter { known[$0.number] != $0.spans }
        guard !changed.isEmpty else { return [] }
        try transaction.enroll(changed)
        return try transaction.retireEligibility(of: changed.map(\.number).filter { known[$0] != nil })
      }
    }
    return touched
  }
}
