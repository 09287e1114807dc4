package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// The process of a claim, for a batch of claims:
///
///     submitted -> intake -> eligible -> adjudicated -> paid | denied | suspended -> audited
///
/// Five agents run in a chain. Each does its work as a durable activity under a business-effect key, so the process can
/// be interrupted anywhere and run again: completed work is replayed, the rest is done, and no money moves twice.
///
/// Each phase of a claim is a type of its own, made only by the agent that the claim has passed. A phase is an immutable
/// object: it holds the phase before it, so a value would be copied whole at every step.
package struct ProcessClaim: Sendable {
  package typealias Committed = CommittedClaim<ClaimTransaction>
  package typealias Settled = SettledClaim<ClaimTransaction>
  package typealias Compensated = CompensatedClaim<ClaimTransaction>

  let store: ClaimStore
  let gate = ReplacementGate<ClaimTransaction>()
  var intake: IntakeAgent<ClaimTransaction>
  let eligibility: EligibilityAgent<ClaimTransaction>
  let adjudication: AdjudicationAgent<ClaimTransaction>
  let reversal: ReversalAgent<ClaimTransaction>
  let payment: PaymentAgent<ClaimTransaction>
  let audit: AuditAgent<ClaimTransaction>
  let void: VoidAgent<ClaimTransaction>
  /// Nil for claims that may move any amount.
  var limit: MoneyLimit?

  /// The stages up to the receipt of a claim.
  var reception: Stages<SubmittedClaim, SubmittedClaim, SubmittedClaim, ReceivedClaim> {
    Stages(from: SubmittedClaim.self, on: store)
      .local(expectKeys)
      .local(gate.admit)
      .local(intake.receive, by: "intake")
  }

  /// The stages up to the decision.
  var decision: Stages<SubmittedClaim, SubmittedClaim, SubmittedClaim, AdjudicatedClaim> {
    reception
      .local(eligibility.check, by: "eligibility")
      .local(adjudication.decide, by: "adjudication")
  }

  /// The stages up to the decision and the reversal of what it replaces.
  var reversed: Stages<SubmittedClaim, SubmittedClaim, SubmittedClaim, AdjudicatedClaim> {
    decision.local(reversal.reverse, by: "reversal")
  }

  private func checkLimit(
    _ claims: [Placed<AdjudicatedClaim>], in transaction: ClaimTransaction
  ) throws -> [Placed<Step<AdjudicatedClaim>>] {
    try limit?.check(claims, in: transaction)
    return claims.map { $0.map(Step.onward) }
  }

  /// All stages. If a claim replaces another, the other is reversed in the transaction that decides the replacement.
  var stages: Stages<SubmittedClaim, Committed, Settled, AuditedClaim> {
    reversed
      .local(checkLimit)
      .remote(payment, by: "payment") { claim in
        [AuditKey(adjudicationID: claim.claim.response.adjudicationID, event: claim.likelyStatus.rawValue).text]
      }
      .local(audit.record, by: "audit")
  }

  /// Announces the keys of the claims that are known before anything is read, so that they are looked up together.
  private func expectKeys(
    of claims: [Placed<SubmittedClaim>], in transaction: ClaimTransaction
  ) -> [Placed<Step<SubmittedClaim>>] {
    let keys = claims.map { IntakeKey(of: $0.value) }
    transaction.expect(
      keys.flatMap { [$0.text, AdjudicationKey(claimID: $0.claimID, ruleset: intake.ruleset).text] })
    return claims.map { $0.map(Step.onward) }
  }

  /// What follows if the books refuse a payment that the bank has made.
  var compensation: Stages<AuditedClaim, Compensated, Compensated, AuditedClaim> {
    Stages(from: AuditedClaim.self, on: store)
      .remote(void, by: "void")
  }

  /// Decides claims and commits to their payments, so that a crash leaves all of it or none.
  ///
  /// - Returns: the claims, in one batch or, after an error that concerned one of them, in several.
  /// - Throws: `StoreFailure` when the store is unavailable.
  func decide(_ claims: [Placed<SubmittedClaim>]) async throws -> [Batch<Committed>] {
    try await stages.begin(Batch(claims))
  }

  /// Sends the payments to the bank, then records its replies and the audit of each claim. A payment that the books
  /// refuse is then voided.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable; then the next run learns the outcome from the bank.
  func pay(_ claims: Batch<Committed>) async throws -> [Placed<EndedClaim>] {
    var ended: [Placed<EndedClaim>] = []
    for part in try await stages.finish(claims) {
      let isUndone = part.onward.contains(where: \.isPaymentUndone)
      for part in try await isUndone ? compensation.run(part) : [part] {
        ended += part.results(EndedClaim.audited, stopped: EndedClaim.init)
      }
    }
    return ended
  }
}

/// How a claim left the chain.
package enum EndedClaim: Sendable {
  /// All five agents have finished the claim.
  case audited(AuditedClaim)
  /// Intake rejected the claim.
  case rejected(ActivityFailure, key: KeyText, isReplay: Bool)
  /// The claim is not finished but may still finish: run it again.
  case unsettled(Unsettled)

  init(_ stopped: StoppedClaim) {
    self =
      switch stopped {
      case .rejected(let failure, let key, let isReplay): .rejected(failure, key: key, isReplay: isReplay)
      case .unsettled(let unsettled): .unsettled(unsettled)
      }
  }
}
