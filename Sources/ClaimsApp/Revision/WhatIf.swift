package import ClaimStore
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// What decided claims would come to by other rules. Nothing of it is kept, and no bank is asked.
package struct WhatIf<Store: ClaimStore>: Sendable {
  private let app: ClaimsApp<Store>
  /// Claims that are looked at in one transaction, each seeing what those before it would use of a deductible.
  private static var page: Int { 500 }

  /// - Parameter app: made for a trial.
  package init(_ app: ClaimsApp<Store>) {
    self.app = app
  }

  /// - Parameters:
  ///   - names: the claims; none for all that stand.
  ///   - emit: given each claim that would come out otherwise, in order.
  /// - Throws: `RevisionRefusal` for a claim that cannot be decided once more, `StoreFailure`, `MoneyError`.
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

  /// Those that are decided and count.
  private static func standing(_ ids: [ClaimIntakeID], in transaction: Store.Transaction) throws -> [StandingClaim] {
    let rows = try transaction.claims(ids)
    return try ids.compactMap { rows[$0] }
      .filter { [.paid, .denied].contains($0.status) && $0.keys.audit != nil }
      .map { try StandingClaim($0, in: transaction) }
  }

  private func compare(
    _ claims: [StandingClaim], into difference: inout MoneyDifference, _ emit: (MoneyDifference.Claim) throws -> Void
  ) async throws {
    // The day of receipt is the processor's, so each day is a transaction of its own.
    for (day, claims) in Dictionary(grouping: claims, by: \.row.receivedOn).sorted(by: { $0.key < $1.key }) {
      let revised = try claims.map { try $0.revised(for: .rules, by: app.ruleset.id) }
      for preview in try await app.processor.receiving(on: day).preview(revised.placed) {
        if let changed = try difference.add(claims[preview.place], preview.value) { try emit(changed) }
      }
    }
  }
}
