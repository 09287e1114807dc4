package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// A claim with the coverage used to decide it. Only eligibility creates one.
package final class EligibleClaim: Sendable {
  package let received: ReceivedClaim
  package let key: KeyText
  /// The snapshot; nil for a claim that is already decided, whose decision uses the snapshot of its day.
  let coverage: EligibilityResponse?
  let lineage: Lineage

  fileprivate init(received: ReceivedClaim, key: KeyText, coverage: EligibilityResponse?, lineage: Lineage) {
    self.received = received
    self.key = key
    self.coverage = coverage
    self.lineage = lineage
  }
}

/// Looks up coverage in the member directory, once for each member, plan, and day.
package struct EligibilityAgent<Transaction: EligibilityRecords>: Sendable {
  let runner: DurableRunner
  /// The plan in which to enroll unknown members; nil leaves them unknown (PR-31).
  let enrollment: PlanID?
  private let activity = EligibilityActivity<Transaction>()

  init(runner: DurableRunner, enrollment: PlanID?) {
    self.runner = runner
    self.enrollment = enrollment
  }

  func check(
    _ claims: [Placed<ReceivedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<EligibleClaim>>] {
    let undecided = claims.filter { decidedBefore($0.value) == nil }
    let directory = try spans(of: undecided.map(\.value), in: transaction)
    let checked = try runner.run(activity, for: undecided, in: transaction) {
      ActivityCall(request(for: $0.value, in: directory), below: $0.value.lineage)
    }
    let decided = claims.compactMap { claim in
      decidedBefore(claim.value).map { key in
        claim.map { Step.onward(EligibleClaim(received: $0, key: key, coverage: nil, lineage: $0.lineage)) }
      }
    }
    return checked.map { claim, outcome in claim.map { Self.step($0, outcome) } } + decided
  }

  private static func step(
    _ claim: ReceivedClaim, _ outcome: ActivityOutcome<EligibilityResponse>
  ) -> Step<EligibleClaim> {
    switch outcome {
    case .completed(let done):
      .onward(EligibleClaim(received: claim, key: done.key, coverage: done.response, lineage: done.lineage))
    case .failed(let failure, _): .stopped(.unsettled(Unsettled(failure, row: claim.row)))
    case .inProgress(let until): .stopped(.unsettled(.inProgress(until: until, row: claim.row)))
    case .mismatch(let key): .stopped(.unsettled(.mismatch(key, row: claim.row)))
    }
  }

  /// The eligibility key that the recorded decision is based on.
  private func decidedBefore(_ claim: ReceivedClaim) -> KeyText? {
    guard claim.row.keys.adjudication != nil else { return nil }
    return claim.row.keys.eligibility
  }

  private func request(for claim: ReceivedClaim, in directory: [MemberID: [Coverage]])
    -> EligibilityActivity<Transaction>.Request
  {
    let member = claim.row.memberID
    let spans = directory[member] ?? []
    // Intake has rejected claims without a date.
    let day = claim.submitted.dateOfService ?? claim.row.receivedOn
    let plan: PlanID
    switch CoverageStanding(on: day, among: spans) {
    case .active(let coverage): plan = coverage.planID
    case .notYetEffective, .terminated, .memberUnknown: plan = PlanID("none")
    }
    return .init(key: EligibilityKey(memberID: member, planID: plan, dateOfService: day), spans: spans)
  }

  /// The coverage of these claims' members, after unknown members are enrolled if `enrollment` is set.
  private func spans(of claims: [ReceivedClaim], in transaction: Transaction) throws -> [MemberID: [Coverage]] {
    guard !claims.isEmpty else { return [:] }
    let members = Set(claims.map(\.row.memberID))
    guard let enrollment else { return try transaction.coverages(of: Array(members)) }
    let subscribers = claims.map { MemberID($0.submitted.subscriber.memberID.text) }
    let (spans, enrollments) = try transaction.coverages(
      of: Array(members), settledAmong: Array(members.union(subscribers)))
    var known = spans
    var newcomers: [MemberID: Coverage] = [:]
    for claim in claims where known[claim.row.memberID] == nil {
      newcomers[claim.row.memberID] = Coverage(
        memberID: claim.row.memberID, familyID: FamilyID(claim.submitted.subscriber.memberID.text), planID: enrollment,
        effective: DateRange(Self.beginning, through: .openEnd) ?? DateRange(.openEnd), coversFamily: true)
    }
    // A member whom an enrollment transaction has disenrolled is known but has no coverage. The same holds for a new
    // dependent of such a family.
    let settled = Set(enrollments.map(\.number))
    newcomers = newcomers.filter { number, coverage in
      !settled.contains(number) && !settled.contains(MemberID(coverage.familyID.text))
    }
    try transaction.add(newcomers)
    for (member, coverage) in newcomers { known[member] = [coverage] }
    return known
  }

  /// A date early enough for any claim in an electronic file.
  private static var beginning: CalendarDate { CalendarDate(year: 1970, month: 1, day: 1) ?? .openEnd }
}
