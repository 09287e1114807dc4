package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The process of a claim, for a batch of claims:
///
///     submitted -> intake -> eligible -> adjudicated -> paid | denied | suspended -> audited
///
/// Five agents run in a chain. Each does its work as a durable activity under a business-effect key, so the process can
/// be interrupted anywhere and run again: completed work is replayed, the rest is done, and no money moves twice. If a
/// claim replaces another, the other is reversed in the transaction that decides the replacement.
package struct ProcessClaim: Sendable {
  let store: ClaimStore
  let gate = ReplacementGate<ClaimTransaction>()
  var intake: IntakeAgent<ClaimTransaction>
  let eligibility: EligibilityAgent<ClaimTransaction>
  let adjudication: AdjudicationAgent<ClaimTransaction>
  let reversal: ReversalAgent<ClaimTransaction>
  let payment: PaymentAgent<ClaimTransaction>
  let audit: AuditAgent<ClaimTransaction>
  let compensation: VoidAgent

  /// Decides claims and commits to their payments in one transaction, so that a crash leaves all of it or none.
  ///
  /// - Throws: `StoreFailure`, or any other error that rolls back the transaction.
  package func decide(_ claims: [Placed<SubmittedClaim>]) async throws -> Batch<CommittedClaim<ClaimTransaction>> {
    try await store.transaction { transaction in
      try Batch(claims)
        .advance { try gate.admit($0, in: transaction) }
        .advance { try intake.receive($0, in: transaction) }
        .advance { try eligibility.check($0, in: transaction) }
        .advance { try adjudication.decide($0, in: transaction) }
        .advance { try reversal.reverse($0, in: transaction) }
        .advance { try payment.commit($0, in: transaction) }
    }
  }

  /// Sends the payments to the bank, outside any transaction. The intent is on record, so after a crash the next run
  /// asks the bank for the outcome.
  package func settle(
    _ claims: Batch<CommittedClaim<ClaimTransaction>>
  ) async -> Batch<SettledClaim<ClaimTransaction>> {
    await claims.advance { await payment.settle($0, keepingLeasesIn: store) }
  }

  /// Records the bank's replies and the audit of each claim in one transaction, each under the epoch it was started
  /// with. A payment that the books refuse is then voided.
  ///
  /// - Throws: `StoreFailure`; then nothing is written, and the next run learns the outcome from the bank.
  package func record(_ claims: Batch<SettledClaim<ClaimTransaction>>) async throws -> [Placed<EndedClaim>] {
    let audited = try await store.transaction { transaction in
      try claims
        .advance { try payment.record($0, in: transaction) }
        .advance { try audit.record($0, in: transaction) }
    }
    try await compensation.compensate(audited.onward)
    return audited.ended(EndedClaim.audited)
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

extension Batch {
  /// How each claim left the chain.
  ///
  /// - Parameter end: makes the result for a claim that no agent stopped.
  func ended(_ end: (Phase) -> EndedClaim) -> [Placed<EndedClaim>] {
    results(end, stopped: EndedClaim.init)
  }
}
