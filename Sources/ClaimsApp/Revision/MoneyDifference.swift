import ClaimFormats
import ClaimPipeline
import ClaimStore
package import ClaimsDomain
import DurableExecution

/// The change in money under other rules: the amount paid for each plan and provider, and the amount that each rule
/// adjusts.
package struct MoneyDifference: Sendable {
  package private(set) var claims = 0
  package private(set) var changed = 0
  /// Claims that the other rules would leave to a person or cannot decide.
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

  /// A claim whose outcome would change.
  package struct Claim: Hashable, Sendable {
    package var id: ClaimIntakeID
    package var number: ClaimNumber
    package var paid: Pair
    /// What the claim would wait for; nil when it would be decided.
    package var waitsFor: String?
  }

  /// - Returns: nil for a claim whose outcome would be the same.
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

extension MoneyDifference.Claim {
  /// The claim as a line of JSON, including its line feed.
  package var jsonLine: [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.member("claim_intake_id", id.text)
        json.member("claim_number", number.text)
        json.member("plan_paid_was", paid.was)
        json.member("plan_paid_now", waitsFor == nil ? paid.now : nil)
        json.member("waits_for", waitsFor)
      }
    }
  }
}

extension MoneyDifference {
  /// The summary, which is the last line of JSON, including its line feed.
  package var jsonLine: [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.key("summary")
        json.object { json in
          json.member("claims", claims)
          json.member("changed", changed)
          json.member("undecided", undecided)
          for (name, pairs) in [("by_plan", byPlan), ("by_provider", byProvider), ("by_rule", byRule)] {
            json.key(name)
            json.object { json in
              for (key, pair) in pairs.sorted(by: { $0.key < $1.key }) {
                json.key(key)
                json.object { json in
                  json.member("was", pair.was)
                  json.member("now", pair.now)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Computes the outcomes of decided claims under other rules. Nothing is stored, and no bank is asked.
package struct WhatIf: Sendable {
  private let app: ClaimsApp
  /// The number of claims previewed in one transaction, in which each sees what those before it would use of a
  /// deductible.
  private static var page: Int { 500 }

  /// - Parameter app: an app made for a trial.
  package init(_ app: ClaimsApp) {
    self.app = app
  }

  /// - Parameters:
  ///   - names: the claims to compare; empty for all decided claims that have not been replaced.
  ///   - emit: receives each claim whose outcome would change, in order.
  /// - Throws: `RevisionRefusal` for a claim that cannot be decided again, `StoreFailure`, `MoneyError`.
  package func compare(
    _ names: [String], emit: (MoneyDifference.Claim) throws -> Void
  ) async throws -> MoneyDifference {
    var difference = MoneyDifference()
    guard names.isEmpty else {
      let claims = try await app.store.read { transaction in
        try names.map { try StandingClaim(named: $0, in: transaction) }
      }
      try await compare(claims, into: &difference, emit)
      return difference
    }
    var last: ClaimIntakeID?
    while true {
      let (ids, claims) = try await app.store.read { [last] transaction in
        let ids = try transaction.claimIDs(after: last, limit: Self.page)
        return (ids, try Self.standing(ids, in: transaction))
      }
      guard let end = ids.last else { return difference }
      try await compare(claims, into: &difference, emit)
      last = end
    }
  }

  /// Returns the claims that are decided and have not been replaced.
  private static func standing(_ ids: [ClaimIntakeID], in transaction: ClaimTransaction) throws -> [StandingClaim] {
    let rows = try transaction.claims(ids)
    return try ids.compactMap { rows[$0] }
      .filter { [.paid, .denied].contains($0.status) && $0.keys.audit != nil }
      .map { try StandingClaim($0, in: transaction) }
  }

  private func compare(
    _ claims: [StandingClaim], into difference: inout MoneyDifference, _ emit: (MoneyDifference.Claim) throws -> Void
  ) async throws {
    // The processor has a single day of receipt, so each day is a transaction of its own.
    for (day, claims) in Dictionary(grouping: claims, by: \.row.receivedOn).sorted(by: { $0.key < $1.key }) {
      let revised = try claims.map { try $0.revised(for: .rules, by: app.ruleset.id) }
      for preview in try await app.processor.receiving(on: day).preview(revised.placed) {
        if let changed = try difference.add(claims[preview.place], preview.value) { try emit(changed) }
      }
    }
  }
}
