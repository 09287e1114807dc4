package import ClaimsDomain
package import DurableExecution

/// The current state of claims. A row is the fold of its stream of events.
package protocol ClaimRecords {
  func claims(_ ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: ClaimRow]

  func insert(_ claims: [StoredClaim]) throws

  /// The claims as submitted. Unknown claims are absent.
  func bodies(of ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: [UInt8]]

  /// Writes rows over their previous version.
  ///
  /// - Throws: `StoreFailure.stale` when a stored row has another version.
  func update(_ claims: [ClaimRow]) throws

  /// The intake keys whose claims are finished (rejected or audited), so that processing them again would only replay
  /// them. A claim whose payment was refused is not finished, because a person may have released it.
  func ended(among intakeKeys: [KeyText]) throws -> Set<KeyText>

  /// Claims that are not audited, whatever their status, or whose saga is not finished: those that an interrupted run
  /// left behind. A claim that moves no money is closed one transaction before its audit. Ordered by ID.
  func unfinished(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID]
}

/// A claim with its submitted content in canonical JSON. The content is read only when needed.
package struct StoredClaim: Hashable, Sendable {
  package var row: ClaimRow
  package var care: ClaimCare
  package var body: [UInt8]

  package init(row: ClaimRow, care: ClaimCare, body: [UInt8]) {
    self.row = row
    self.care = care
    self.body = body
  }
}

/// Who gave the care that a claim is for, and when. It is written once, so that claims can be found by it; no agent
/// reads it.
package struct ClaimCare: Hashable, Sendable {
  /// The billing provider; nil for a claim that an earlier version of this program took in.
  package var provider: ProviderReference?
  /// The first and the last day of care; nil also for a claim that names no day.
  package var days: DateRange?

  package init(provider: ProviderReference?, days: DateRange?) {
    self.provider = provider
    self.days = days
  }
}

/// A claim and its progress.
package struct ClaimRow: Hashable, Sendable {
  package var id: ClaimIntakeID
  package var claimNumber: ClaimNumber
  package var payerID: PayerID
  package var memberID: MemberID
  package var receivedOn: CalendarDate
  /// The claim that this claim asks to replace; nil if it asks to replace none.
  package var revises: ClaimIntakeID?
  /// The rules that the claim is decided under, fixed at intake.
  package var ruleset: RulesetID
  package var charge: Money
  package var status: ClaimStatus
  package var keys: ClaimKeys
  package var adjudicationID: AdjudicationID?
  package var amounts: DecidedAmounts?
  /// The number of writes, starting at 1.
  package var version: Int

  package init(
    id: ClaimIntakeID, claimNumber: ClaimNumber, payerID: PayerID, memberID: MemberID, receivedOn: CalendarDate,
    revises: ClaimIntakeID? = nil, ruleset: RulesetID, charge: Money, status: ClaimStatus, keys: ClaimKeys,
    adjudicationID: AdjudicationID? = nil, amounts: DecidedAmounts? = nil, version: Int = 1
  ) {
    self.id = id
    self.claimNumber = claimNumber
    self.payerID = payerID
    self.memberID = memberID
    self.receivedOn = receivedOn
    self.revises = revises
    self.ruleset = ruleset
    self.charge = charge
    self.status = status
    self.keys = keys
    self.adjudicationID = adjudicationID
    self.amounts = amounts
    self.version = version
  }

  /// The claim that this one has replaced. A claim without a decision only asks to replace one.
  package var replaced: ClaimIntakeID? { amounts == nil || status == .suspended ? nil : revises }

  /// The row after one more step.
  package func advanced(_ change: (inout ClaimRow) -> Void) -> ClaimRow {
    var row = self
    change(&row)
    row.version += 1
    return row
  }
}

package enum ClaimStatus: String, Sendable, Codable, CaseIterable {
  case received
  case adjudicated
  case paid
  case denied
  /// The claim waits for a person.
  case suspended
  /// The claim was decided again under another number: this decision no longer counts.
  case replaced

  /// Whether nothing more happens without outside action.
  package var isTerminal: Bool {
    switch self {
    case .received, .adjudicated: false
    case .paid, .denied, .suspended, .replaced: true
    }
  }
}

extension ClaimStatus: CanonicalValue {}

/// The effect keys of a claim, as far as it has been processed.
package struct ClaimKeys: Hashable, Sendable {
  package var intake: KeyText
  package var eligibility: KeyText?
  package var adjudication: KeyText?
  package var payment: KeyText?
  package var audit: KeyText?

  package init(
    intake: KeyText, eligibility: KeyText? = nil, adjudication: KeyText? = nil, payment: KeyText? = nil,
    audit: KeyText? = nil
  ) {
    self.intake = intake
    self.eligibility = eligibility
    self.adjudication = adjudication
    self.payment = payment
    self.audit = audit
  }
}

/// The totals of a decision.
package struct DecidedAmounts: Hashable, Sendable {
  package var allowed: Money
  package var memberResponsibility: Money
  package var planPaid: Money

  package init(allowed: Money, memberResponsibility: Money, planPaid: Money) {
    self.allowed = allowed
    self.memberResponsibility = memberResponsibility
    self.planPaid = planPaid
  }
}
