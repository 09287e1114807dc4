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
  /// its saga, and the next run continues it.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable.
  func compensate(_ claims: Batch<AuditedClaim>) async throws -> Batch<AuditedClaim> {
    do {
      try await void(claims.onward.filter(\.isPaymentUndone))
      return claims
    } catch {
      guard let code = FailureCode(ofOneClaim: error) else { throw error }
      let failure = ActivityFailure(code, "\(error)")
      return claims.advance { claims in
        claims.map { claim in
          claim.map { $0.isPaymentUndone ? .stopped(.unsettled(Unsettled(failure, row: $0.row))) : .onward($0) }
        }
      }
    }
  }

  private func void(_ claims: [AuditedClaim]) async throws {
    let (runner, activity) = (runner, activity)
    let refused = claims.compactMap { claim in claim.row.keys.payment.map { ($0, claim.closed.lineage) } }
    guard !refused.isEmpty else { return }
    let lineages = Dictionary(refused) { first, _ in first }
    let intents = try await store.transaction { transaction in
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
    let settled = await runner.settle(activity, intents, keepingLeasesIn: store)
    _ = try await store.transaction { transaction in try runner.record(activity, settled, in: transaction).count }
  }
}

extension AuditedClaim {
  /// Whether the bank has paid the claim but the books did not accept the payment.
  fileprivate var isPaymentUndone: Bool {
    if case .refused(let failure) = closed.payment { failure.failureCode == .postingRefused } else { false }
  }
}
