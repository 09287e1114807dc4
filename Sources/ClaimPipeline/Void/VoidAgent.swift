import BankProtocol
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// An audited claim whose payment is about to be voided, or that has none to void. Only the void agent creates one.
package struct CompensatedClaim<Transaction: VoidRecords>: ClaimPhase {
  let claim: AuditedClaim
  /// The void to ask the bank for; nil for none.
  let intent: OwnedIntent<VoidActivity<Transaction>>?
  /// The bank's answer; nil before it, or without a void.
  fileprivate(set) var settled: SettledIntent<VoidActivity<Transaction>>?

  fileprivate init(_ claim: AuditedClaim, _ intent: OwnedIntent<VoidActivity<Transaction>>?) {
    self.claim = claim
    self.intent = intent
  }

  package func unsettled(_ failure: ActivityFailure) -> Unsettled { claim.unsettled(failure) }
}

/// Voids payments whose posting was refused; other claims pass unchanged. A void whose outcome is unknown stays in its
/// saga, and the next run continues it.
package struct VoidAgent<Transaction: VoidRecords>: RemoteStage {
  let runner: DurableRunner
  private let activity: VoidActivity<Transaction>

  init(runner: DurableRunner, bank: any PaymentBank) {
    self.runner = runner
    activity = VoidActivity(bank: bank)
  }

  package func commit(
    _ claims: [Placed<AuditedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<CompensatedClaim<Transaction>>>] {
    let undone = Dictionary(
      claims.map(\.value).filter(\.isPaymentUndone).compactMap { claim in claim.row.keys.payment.map { ($0, claim) } },
      uniquingKeysWith: { first, _ in first })
    let compensating = try transaction.sagas(undone.keys.map(PaymentSaga.id)).values.filter {
      $0.state == .compensating
    }
    let payments = try transaction.payments(compensating.map { PaymentRequest.paymentID(under: KeyText($0.id)) })
    let intents = try runner.intend(activity, for: Array(payments.values), in: transaction) { payment in
      ActivityCall(
        .init(payment: payment, reason: "posting refused"), below: undone[payment.effectKey]?.closed.lineage ?? .root)
    }
    let byClaim = Dictionary(
      intents.compactMap { payment, intent in intent.owned.map { (payment.claimID, $0) } },
      uniquingKeysWith: { first, _ in first })
    return claims.map { $0.map { .onward(CompensatedClaim($0, byClaim[$0.row.id])) } }
  }

  package func send(
    _ claims: [Placed<CompensatedClaim<Transaction>>], keepingLeasesIn store: some DurableStore<Transaction>
  ) async -> [Placed<Step<CompensatedClaim<Transaction>>>] {
    let settled = await runner.settle(activity, claims.compactMap(\.value.intent), keepingLeasesIn: store)
    let byKey = Dictionary(uniqueKeysWithValues: settled.map { ($0.key, $0) })
    return claims.map { placed in
      placed.map { claim in
        var claim = claim
        claim.settled = claim.intent.flatMap { byKey[$0.call.effectKey] }
        return .onward(claim)
      }
    }
  }

  package func record(
    _ claims: [Placed<CompensatedClaim<Transaction>>], in transaction: Transaction
  ) throws -> [Placed<Step<AuditedClaim>>] {
    _ = try runner.record(activity, claims.compactMap(\.value.settled), in: transaction)
    return claims.map { $0.map { .onward($0.claim) } }
  }
}

extension AuditedClaim {
  /// Whether the bank has paid the claim but the books did not accept the payment.
  var isPaymentUndone: Bool {
    if case .refused(let failure) = closed.payment { failure.failureCode == .postingRefused } else { false }
  }
}
