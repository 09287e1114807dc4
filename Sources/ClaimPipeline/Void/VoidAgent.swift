import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Voids payments whose posting was refused.
package struct VoidAgent: Sendable {
  let runner: DurableRunner
  let store: ClaimStore
  private let activity: VoidActivity<ClaimTransaction>

  init(runner: DurableRunner, store: ClaimStore, bank: any PaymentBank) {
    self.runner = runner
    self.store = store
    activity = VoidActivity(bank: bank)
  }

  /// Voids the payments that have to be undone; other claims pass unchanged. A void whose outcome is unknown stays in
  /// its saga, and the next run continues it. An error that concerns a single claim leaves that claim alone unsettled.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable.
  func compensate(_ claims: Batch<AuditedClaim>) async throws -> Batch<AuditedClaim> {
    let undone = claims.onward.filter(\.isPaymentUndone)
    guard !undone.isEmpty else { return claims }
    let (intents, refused) = try await inHalves(undone[...], of: \.row.id, intend)
    let settled = await runner.settle(activity, intents, keepingLeasesIn: store)
    let (_, unrecorded) = try await inHalves(settled[...], of: \.intent.call.request.payment.claimID, record)
    let failures = refused.merging(unrecorded) { first, _ in first }
    return claims.advance { claims in
      claims.map { claim in
        claim.map { claim in
          failures[claim.row.id].map { .stopped(.unsettled(Unsettled($0, row: claim.row))) } ?? .onward(claim)
        }
      }
    }
  }

  private func intend(_ claims: [AuditedClaim]) async throws -> [OwnedIntent<VoidActivity<ClaimTransaction>>] {
    let (runner, activity) = (runner, activity)
    let lineages = Dictionary(
      claims.compactMap { claim in claim.row.keys.payment.map { ($0, claim.closed.lineage) } },
      uniquingKeysWith: { first, _ in first })
    return try await store.transaction { transaction in
      let compensating = try transaction.sagas(lineages.keys.map(PaymentSaga.id)).values.filter {
        $0.state == .compensating
      }
      let ids = compensating.map { PaymentRequest.paymentID(under: KeyText($0.id)) }
      let calls = try transaction.payments(ids).values.map { payment in
        ActivityCall(
          VoidActivity<ClaimTransaction>.Request(payment: payment, reason: "posting refused"),
          below: lineages[payment.effectKey] ?? .root)
      }
      return try runner.intend(activity, for: calls, in: transaction) { $0 }.compactMap(\.intent.owned)
    }
  }

  private func record(_ settled: [SettledIntent<VoidActivity<ClaimTransaction>>]) async throws -> [KeyText] {
    let (runner, activity) = (runner, activity)
    return try await store.transaction { transaction in
      try runner.record(activity, settled, in: transaction).map(\.key)
    }
  }

  /// Works on all items at once. After an error that concerns one claim, works on each half by itself, down to the item
  /// that causes the error.
  private func inHalves<Item: Sendable, Done: Sendable>(
    _ items: ArraySlice<Item>, of claim: (Item) -> ClaimIntakeID, _ work: ([Item]) async throws -> [Done]
  ) async throws -> (done: [Done], failed: [ClaimIntakeID: ActivityFailure]) {
    do {
      return (try await work(Array(items)), [:])
    } catch {
      guard let code = FailureCode(ofOneClaim: error) else { throw error }
      guard items.count > 1 else {
        let failure = ActivityFailure(code, "\(error)")
        return ([], Dictionary(uniqueKeysWithValues: items.map { (claim($0), failure) }))
      }
      let middle = items.startIndex + items.count / 2
      let first = try await inHalves(items[..<middle], of: claim, work)
      let second = try await inHalves(items[middle...], of: claim, work)
      return (first.done + second.done, first.failed.merging(second.failed) { first, _ in first })
    }
  }
}

extension AuditedClaim {
  /// Whether the bank has paid the claim but the books did not accept the payment.
  fileprivate var isPaymentUndone: Bool {
    if case .refused(let failure) = closed.payment { failure.failureCode == .postingRefused } else { false }
  }
}
