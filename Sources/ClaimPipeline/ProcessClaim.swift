package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The story of a claim, told for a batch of them:
///
///     submitted -> intake -> eligible -> adjudicated -> paid | denied | suspended -> audited
///
/// Five agents in a chain. Each does its work as a durable activity under a business-effect key, so the story can be
/// cut short anywhere and told again: what was done is replayed, what was not is done, and no money moves twice. Where a
/// claim takes another's place, the other is reversed in the transaction that decides it.
package struct ProcessClaim<Store: ClaimStore>: Sendable {
  let store: Store
  let gate = ReplacementGate<Store.Transaction>()
  var intake: IntakeAgent<Store.Transaction>
  let eligibility: EligibilityAgent<Store.Transaction>
  let adjudication: AdjudicationAgent<Store.Transaction>
  let reversal: ReversalAgent<Store.Transaction>
  let payment: PaymentAgent<Store.Transaction>
  let audit: AuditAgent<Store.Transaction>
  let compensation: VoidAgent<Store>

  /// Decides claims, and commits to what each is to be paid: one transaction, so that a crash leaves all of it or none.
  ///
  /// - Throws: `StoreFailure`, and what else makes the transaction void.
  package func decide(_ claims: [Placed<SubmittedClaim>]) async throws -> Batch<CommittedClaim<Store.Transaction>> {
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

  /// Tells the bank, outside any transaction: the intent is on record, so whoever comes after a crash asks what became of it.
  package func settle(
    _ claims: Batch<CommittedClaim<Store.Transaction>>
  ) async -> Batch<SettledClaim<Store.Transaction>> {
    await claims.advance { await payment.settle($0, keepingLeasesIn: store) }
  }

  /// Writes down what the bank said and the audit of it, in one transaction, each under the epoch it was begun with. A
  /// payment the books refuse is then taken back.
  ///
  /// - Throws: `StoreFailure`; nothing is written then, and the next run finds out from the bank.
  package func record(_ claims: Batch<SettledClaim<Store.Transaction>>) async throws -> [Placed<EndedClaim>] {
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
  /// All five agents are done with it.
  case audited(AuditedClaim)
  /// Intake sent it back.
  case rejected(ActivityFailure, key: KeyText, isReplay: Bool)
  /// It is not at its end, and nothing says that it will not get there: run it again.
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
  /// Each claim as it left the chain.
  ///
  /// - Parameter end: what becomes of a claim that no agent stopped.
  func ended(_ end: (Phase) -> EndedClaim) -> [Placed<EndedClaim>] {
    results(end, stopped: EndedClaim.init)
  }
}
