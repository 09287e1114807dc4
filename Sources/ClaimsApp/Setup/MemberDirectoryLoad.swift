import ClaimPipeline
import ClaimStore
package import ClaimsDomain
import DurableExecution

/// What the member files changed in the directory, and what they did not.
package struct MemberDirectoryChanges: Sendable {
  /// Decided claims that rest on a retired answer: the change would decide them differently.
  package var touched: [ClaimIntakeID] = []
  /// The number of people whose coverage in the files differs from an enrollment transaction, and who are left as that
  /// transaction set them.
  package var leftAsSettled = 0
  /// The number of dependents without a number of their own who may be others on record, under a corrected birth date.
  /// They are left out.
  package var leftOut = 0
}

/// Updates the member directory from the member files.
struct MemberDirectoryLoad {
  let store: ClaimStore

  private static var page: Int { 1_000 }

  /// Enrolls new members and updates changed ones. Members that the files do not name stay as they are, and so do those
  /// in an enrollment transaction. Eligibility answers about changed members are retired in the same transaction as the
  /// change.
  ///
  /// - Throws: `StoreFailure`.
  func load(_ members: [Member]) async throws -> MemberDirectoryChanges {
    var outcome = MemberDirectoryChanges()
    let named = Set(members.map(\.id))
    for start in stride(from: 0, to: members.count, by: Self.page) {
      let page = Array(members[start..<min(start + Self.page, members.count)])
      // Most loads change nothing. Those only read, so they block no other transaction.
      guard try await store.read({ try Self.differs(page, from: $0) }) else { continue }
      let (touched, left, leftOut) = try await store.transaction { transaction in
        try transaction.lockDirectory()
        let enrollments = Self.enrollments(of: page)
        let numbers = enrollments.map(\.enrollment.number)
        let known = try transaction.coverages(of: numbers)
        let settled = Set(try transaction.settledEnrollments(of: numbers).map(\.number))
        let different = enrollments.filter { (known[$0.enrollment.number] ?? []) != $0.enrollment.spans }
        let left = Set(different.filter { settled.contains($0.enrollment.number) }.map(\.member))
        let unclear = try Self.unclear(
          Set(different.filter { known[$0.enrollment.number] == nil }.map(\.member)), among: page, of: named,
          in: transaction)
        var changed = different.filter { !settled.contains($0.enrollment.number) && !unclear.contains($0.member) }
          .map(\.enrollment)
        changed += try Self.formerNumbers(of: changed, among: Set(numbers), in: transaction)
        guard !changed.isEmpty else { return ([ClaimIntakeID](), left.count, unclear.count) }
        try transaction.enroll(changed)
        let before = changed.filter { $0.spans.isEmpty || $0.mayChangeDecisions(madeBy: known[$0.number]) }
          .map(\.number)
        return (try transaction.retireEligibility(of: before), left.count, unclear.count)
      }
      outcome.touched += touched
      outcome.leftAsSettled += left
      outcome.leftOut += leftOut
    }
    return outcome
  }

  /// Returns whether the directory has other coverage than the files for one of these people.
  private static func differs(_ page: [Member], from directory: ClaimTransaction) throws -> Bool {
    let enrollments = enrollments(of: page).map(\.enrollment)
    let known = try directory.coverages(of: enrollments.map(\.number))
    return enrollments.contains { (known[$0.number] ?? []) != $0.spans }
  }

  private static func enrollments(of page: [Member]) -> [(member: MemberID, enrollment: Enrollment)] {
    page.flatMap { member in
      member.numbers.map { (member: member.id, enrollment: Enrollment(number: $0, spans: member.spans)) }
    }
  }

  /// Returns the new dependents whom the directory may have already under another birth date. A relative whom the files name
  /// too is another person.
  private static func unclear(
    _ new: Set<MemberID>, among page: [Member], of named: Set<MemberID>, in transaction: ClaimTransaction
  ) throws -> Set<MemberID> {
    let dependents = page.filter { new.contains($0.id) && $0.relationship != .subscriber }
    let families = Set(dependents.map(\.familyID)).sorted { $0.text < $1.text }
    let numbers = try families.flatMap { try transaction.numbers(of: $0) }
    guard !numbers.isEmpty else { return [] }
    let relatives = try transaction.coverages(of: numbers).values.filter { spans in
      spans.first.map { !named.contains($0.memberID) } ?? false
    }
    return Set(
      dependents.filter { dependent in
        relatives.contains { spans in
          spans.first?.familyID == dependent.familyID
            && spans.mayBeOfDependent(with: dependent.spans.first?.identity, covered: dependent.spans)
        }
      }.map(\.id))
  }

  /// Returns the numbers made of a name or birth date that a changed member no longer has, with no coverage. Those that an
  /// enrollment transaction has settled stay.
  private static func formerNumbers(
    of changed: [Enrollment], among current: Set<MemberID>, in transaction: ClaimTransaction
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
