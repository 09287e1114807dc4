import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Holds back a claim while the bank has paid another claim of its chain that this store does not have.
///
/// After a restore from a backup, the store may lack a claim that replaced this one, or one that this claim replaces.
/// The bank refuses to pay the chain twice. The gate makes the claim wait before it is decided, until the other claim
/// is in the store or its transfer has come back.
struct ReplacementGate<Transaction: ReversalRecords>: Sendable {
  func admit(
    _ claims: [Placed<SubmittedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<SubmittedClaim>>] {
    let priors = Dictionary(
      claims.map { (IntakeKey(of: $0.value).claimID, $0.value.priorClaims) }, uniquingKeysWith: { first, _ in first })
    let chains = try ClaimChain.of(priors, in: transaction)
    let open = try transaction.openTransfers(ofOrigins: Array(Set(chains.values.map(\.origin))))
    guard !open.isEmpty else { return claims.map { $0.map(Step.onward) } }
    let rows = try transaction.claims(Array(priors.keys))
    return claims.map { placed in
      placed.map { claim in
        let id = IntakeKey(of: claim).claimID
        let chain = open.filter { $0.origin == chains[id]?.origin.text }
        // A claim that was decided here, or that the bank has paid, proceeds.
        guard rows[id]?.adjudicationID == nil, !chain.contains(where: { $0.reference == id.text }),
          let other = chain.first
        else { return .onward(claim) }
        return .stopped(.unsettled(Unsettled(.bankAhead(other), row: rows[id])))
      }
    }
  }
}

extension ActivityFailure {
  fileprivate static func bankAhead(_ transfer: BankTransfer) -> ActivityFailure {
    ActivityFailure(
      .bankAhead,
      "the bank has made \(transfer.id) for claim \(transfer.reference), which is this one as it was decided before; "
        + "see `claims reconcile`")
  }
}
