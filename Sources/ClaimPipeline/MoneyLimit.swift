import BankProtocol
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// How much money an act on a claim may move. The limit is checked in the transaction that commits to the payment, so a
/// concurrent change cannot raise the amount.
package struct MoneyLimit: Sendable {
  /// Whether an act may move an amount. It is negative where money comes back.
  private let allows: @Sendable (Money, ClaimTransaction) throws -> Bool
  /// Puts the act on record in the same transaction.
  private let record: @Sendable (ClaimTransaction) throws -> Void

  package init(
    allows: @escaping @Sendable (Money, ClaimTransaction) throws -> Bool,
    recording record: @escaping @Sendable (ClaimTransaction) throws -> Void
  ) {
    (self.allows, self.record) = (allows, record)
  }

  /// - Throws: `BeyondLimit`, so that nothing of the transaction is kept.
  func check(_ claims: [Placed<AdjudicatedClaim>], in transaction: ClaimTransaction) throws {
    // A claim that was decided before was checked, and put on record, then.
    let deciding = claims.filter { !$0.value.isReplay }
    guard !deciding.isEmpty else { return }
    for moved in try Self.moved(by: deciding, in: transaction) {
      guard try allows(moved.value, transaction) else { throw BeyondLimit(moves: moved.value) }
    }
    try record(transaction)
  }

  /// Returns what the plan would pay for claims from here on, with interest, less what it has paid for the claims that they
  /// have just replaced. Nothing is paid to a payee on hold. The claims that are replaced must be reversed.
  static func moved(
    by claims: [Placed<AdjudicatedClaim>], in transaction: ClaimTransaction
  ) throws -> [Placed<Money>] {
    let payments = try DuePayments(for: claims, in: transaction)
    var paid: [ClaimIntakeID: Money] = [:]
    for item in payments.due + payments.nothingDue + payments.made.map(\.item) {
      paid[item.request.claim.id] = try item.request.decision.planPaid + item.request.interest
    }
    // What a claim replaced that was decided before has come back before.
    let deciding = claims.filter { !$0.value.isReplay }
    let keys = deciding.flatMap(\.value.replaced).map { ReversalKey(claimID: $0).text }
    var back: [ClaimIntakeID: Money] = [:]
    for record in try transaction.records(for: keys).values {
      guard let stored = record.response else { continue }
      let reversal = try StoredDocument.read(ReversalResponse.self, from: stored.bytes, "the reversal of a claim")
      back[reversal.claimID] = try reversal.paidBack
    }
    return try claims.map { claim in
      try claim.map { claim in
        let returned = try (claim.isReplay ? [] : claim.replaced).reduce(Money.zero) { try $0 + (back[$1] ?? .zero) }
        return try (paid[claim.row.id] ?? .zero) - returned
      }
    }
  }
}

/// An act would move more money than it may. Nothing was done.
package struct BeyondLimit: Error, Hashable {
  package let moves: Money

  package init(moves: Money) {
    self.moves = moves
  }
}

extension ReversalResponse {
  /// What the payee owes back.
  var paidBack: Money {
    get throws {
      guard let reversed, reversed.isUnpaid != true else { return .zero }
      return try reversed.planPaid + (reversed.interest ?? .zero)
    }
  }
}

extension ClaimProcessor {
  /// Returns what processing a claim would move: what the plan would pay, with interest, less what it has paid for the claims
  /// that this one replaces. Nothing is kept.
  ///
  /// - Throws: `StoreFailure`.
  package func money(movedBy claim: SubmittedClaim) async throws -> Money {
    try await store.rehearse { try money(movedBy: claim, in: $0) }
  }

  /// Returns what processing a claim would move. What the transaction decides for it is kept if the transaction is.
  ///
  /// - Throws: `StoreFailure`.
  package func money(movedBy claim: SubmittedClaim, in transaction: ClaimTransaction) throws -> Money {
    let decided = try chain.reversed.run(Batch([claim].placed), in: transaction)
    return try MoneyLimit.moved(by: decided.onward.placed, in: transaction).first?.value ?? .zero
  }
}
