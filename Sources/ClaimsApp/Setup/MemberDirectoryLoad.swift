import ClaimStore
import DurableExecution
import ClaimPipeline
import ClaimsDomain

/// Updates the member directory from the member files.
struct MemberDirectoryLoad<Store: ClaimStore> {
  let store: Store

  private static var page: Int { 1_000 }

  /// The result of loading the member files.
  struct Outcome {
    /// Decided claims that rest on a retired answer.
    var touched: [ClaimIntakeID] = []
    /// The number of people whose coverage in the files differs from an enrollment transaction, and who are left as
    /// that transaction set them.
    var leftAsSettled = 0
  }

  /// Enrolls new members and updates changed ones. Members that the files do not name stay as they are, and so do those
  /// in an enrollment transaction. Eligibility answers about changed members are retired in the same transaction as the
  /// change.
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
        var changed = different.map(\.enrollment).filter { !settled.contains($0.number) }
        changed += try Self.formerNumbers(of: changed, among: Set(numbers), in: transaction)
        guard !changed.isEmpty else { return ([ClaimIntakeID](), left.count) }
        try transaction.enroll(changed)
        let before = changed.filter { known[$0.number] != nil || $0.spans.isEmpty }.map(\.number)
        return (try transaction.retireEligibility(of: before), left.count)
      }
      outcome.touched += touched
      outcome.leftAsSettled += left
    }
    return outcome
  }

  /// Returns the numbers made of a name or birth date that a changed member no longer has, with no coverage. Those that an
  /// enrollment transaction has settled stay.
  private static func formerNumbers(
    of changed: [Enrollment], among current: Set<MemberID>, in transaction: Store.Transaction
  ) throws -> [Enrollment] {
    let members = Set(changed.compactMap(\.spans.first?.memberID))
    let families = Set(changed.compactMap(\.spans.first?.familyID))
    let others = try families.sorted { $0.text < $1.text }.flatMap { try transaction.numbers(of: $0) }
      .filter { !current.contains($0) }
    guard !others.isEmpty else { return [] }
    let settled = Set(try transaction.settledEnrollments(of: others).map(\.number))
    return try transaction.coverages(of: others).filter { number, spans in
      !settled.contains(number) && spans.first.map { members.contains($0.memberID) } ?? false
    }.keys.sorted { $0.text < $1.text }.map { Enrollment(number: $0, spans: []) }
  }
}
