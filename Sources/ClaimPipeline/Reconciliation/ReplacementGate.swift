import ClaimsDomain
import DurableExecution

/// Holds back claims while the bank has paid another claim of their line.
///
/// Where a store was restored from a backup, the bank may have paid what took a claim's place, or what the claim takes the
/// place of, before the store knew of either. The bank refuses to pay such a line twice. Here the claim waits before
/// anything of it is decided, until the other is here or its transfer came back.
struct ReplacementGate<Transaction: ClaimTransaction>: Sendable {
  func admit(
    _ claims: [Placed<SubmittedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<SubmittedClaim>>] {
    let priors = Dictionary(
      claims.map { (IntakeKey(of: $0.value).claimID, $0.value.priorClaims) }, uniquingKeysWith: { first, _ in first })
    let lines = try ClaimLine.of(priors, in: transaction)
    let open = try transaction.openTransfers(ofOrigins: Array(Set(lines.values.map(\.origin))))
    guard !open.isEmpty else { return claims.map { $0.map(Step.onward) } }
    let rows = try transaction.claims(Array(priors.keys))
    return claims.map { placed in
      placed.map { claim in
        let id = IntakeKey(of: claim).claimID
        let line = open.filter { $0.origin == lines[id]?.origin.text }
        // What was decided here, or is what the bank has paid, comes to its end.
        guard rows[id]?.adjudicationID == nil, !line.contains(where: { $0.reference == id.text }),
          let other = line.first
        else { return .onward(claim) }
        return .ended(.unsettled(Unsettled(.bankAhead(other), row: rows[id])))
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
