import ClaimStore
import ClaimPipeline
package import ClaimsDomain

/// What other rules would change, in money: for each plan and provider what is paid, for each rule what it takes.
package struct MoneyDifference: Sendable {
  package private(set) var claims = 0
  package private(set) var changed = 0
  /// That the other rules would leave to a person, or cannot decide.
  package private(set) var undecided = 0
  package private(set) var paid = Pair()
  package private(set) var byPlan: [String: Pair] = [:]
  package private(set) var byProvider: [String: Pair] = [:]
  package private(set) var byRule: [String: Pair] = [:]

  package struct Pair: Hashable, Sendable {
    package var was = Money.zero
    package var now = Money.zero

    /// - Throws: `MoneyError.overflow`.
    package var difference: Money { get throws(MoneyError) { try now - was } }
  }

  /// One claim that would come out otherwise.
  package struct Claim: Hashable, Sendable {
    package var id: ClaimIntakeID
    package var number: ClaimNumber
    package var paid: Pair
    /// Nil where it would be decided.
    package var waitsFor: String?
  }

  /// - Returns: nil for a claim that would come to the same.
  /// - Throws: `MoneyError.overflow`.
  mutating func add(_ claim: StandingClaim, _ preview: ClaimPreview) throws(MoneyError) -> Claim? {
    claims += 1
    let was = claim.decision?.paid ?? .zero
    var result = Claim(id: claim.row.id, number: claim.row.claimNumber, paid: Pair(was: was, now: was))
    switch preview {
    case .verdict(let response):
      if response.verdict.comesToTheSame(as: claim.response.verdict) { return nil }
      switch response.verdict {
      case .decided(let decision):
        result.paid.now = decision.paid
        try count(claim, decision, plan: response.planID)
      case .suspended(let reason):
        undecided += 1
        result.waitsFor = reason.text
      }
    case .undecided(let why):
      undecided += 1
      result.waitsFor = why
    }
    changed += 1
    return result
  }

  private mutating func count(_ claim: StandingClaim, _ now: Decision, plan: PlanID?) throws(MoneyError) {
    let before = claim.response.planID?.text ?? "none"
    let provider = claim.submitted.billingProvider.reference
    try paid.add(was: claim.decision?.paid ?? .zero, now: now.paid)
    try byPlan[before, default: Pair()].add(was: claim.decision?.paid ?? .zero, now: .zero)
    try byPlan[plan?.text ?? "none", default: Pair()].add(was: .zero, now: now.paid)
    try byProvider[provider, default: Pair()].add(was: claim.decision?.paid ?? .zero, now: now.paid)
    for adjustment in (claim.decision?.lines ?? []).flatMap(\.adjustments) {
      try byRule[adjustment.explanation.rule.rawValue, default: Pair()].add(was: adjustment.amount, now: .zero)
    }
    for adjustment in now.lines.flatMap(\.adjustments) {
      try byRule[adjustment.explanation.rule.rawValue, default: Pair()].add(was: .zero, now: adjustment.amount)
    }
  }
}

extension MoneyDifference.Pair {
  fileprivate mutating func add(was: Money, now: Money) throws(MoneyError) {
    self.was = try self.was + was
    self.now = try self.now + now
  }
}
