/// What a running total is kept for: one member or one family, in one plan year, of one kind.
package struct AccumulatorScope: Hashable, Comparable, Sendable, Codable {
  package var holder: Holder
  package var planID: PlanID
  package var planYear: Int
  package var bucket: Bucket

  package enum Holder: Hashable, Comparable, Sendable, Codable {
    case member(MemberID)
    case family(FamilyID)
  }

  package enum Bucket: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
    case deductible
    case outOfPocket = "out-of-pocket"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package init(holder: Holder, planID: PlanID, planYear: Int, bucket: Bucket) {
    self.holder = holder
    self.planID = planID
    self.planYear = planYear
    self.bucket = bucket
  }

  /// The fixed order in which scopes are locked.
  package static func < (left: Self, right: Self) -> Bool {
    (left.holder, left.planID, left.planYear, left.bucket) < (right.holder, right.planID, right.planYear, right.bucket)
  }
}

/// The totals a decision starts from, and what it adds to them. The stored ledger is append-only; this is its fold.
package struct Accumulators: Hashable, Sendable {
  package private(set) var balances: [AccumulatorScope: Money]
  /// What was applied since the start, in order: the entries to append to the ledger.
  package private(set) var applied: [Entry] = []

  package struct Entry: Hashable, Sendable, Codable {
    package var scope: AccumulatorScope
    package var amount: Money

    package init(scope: AccumulatorScope, amount: Money) {
      self.scope = scope
      self.amount = amount
    }
  }

  package init(balances: [AccumulatorScope: Money] = [:]) {
    self.balances = balances
  }

  package func balance(of scope: AccumulatorScope) -> Money { balances[scope] ?? .zero }

  /// - Throws: `MoneyError.overflow` when the total leaves 64 bits.
  package mutating func apply(_ amount: Money, to scope: AccumulatorScope) throws(MoneyError) {
    guard amount != .zero else { return }
    balances[scope] = try balance(of: scope) + amount
    applied.append(Entry(scope: scope, amount: amount))
  }
}
