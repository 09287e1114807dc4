import ClaimsDomain
import DurableExecution

/// Holds back claims that take another's place while the bank has paid what may be for them.
///
/// The bank lets one payment of a claim stand, by the claim's id. A claim that takes another's place has an id of its own.
/// So where a store was restored, and a claim was decided once more before that, the bank cannot tell that it has paid the
/// one when it is asked to pay the other.
struct ReplacementGate<Transaction: ClaimTransaction>: Sendable {
  func admit(
    _ claims: [Placed<SubmittedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<SubmittedClaim>>] {
    let ids = claims.filter(\.value.mayTakeAPlace).map { IntakeKey(of: $0.value).claimID }
    guard !ids.isEmpty else { return claims.map { $0.map(Step.onward) } }
    let rows = try transaction.claims(ids)
    let found = Set(try transaction.foundTransfers(for: ids).map(\.reference))
    var open: [OpenTransfer]?
    return try claims.map { placed in
      try placed.map { claim in
        let id = IntakeKey(of: claim).claimID
        // What was decided here, or is what the bank has paid, comes to its end.
        guard claim.mayTakeAPlace, rows[id]?.adjudicationID == nil, !found.contains(id.text) else {
          return .onward(claim)
        }
        let all = try open ?? OpenTransfer.all(in: transaction)
        open = all
        let own = try all.isEmpty ? [] : Self.line(of: claim, in: transaction)
        guard let other = all.first(where: { $0.meaning == .claimNotHere || own.contains($0.transfer.reference) })
        else { return .onward(claim) }
        return .ended(.unsettled(Unsettled(.bankAhead(other.transfer), row: rows[id])))
      }
    }
  }

  /// The claims whose place it may take, and those whose place they took.
  private static func line(of claim: SubmittedClaim, in transaction: Transaction) throws -> Set<String> {
    var line: Set<String> = []
    var next = claim.priorClaims + [claim.namedPriorClaim].compactMap(\.self)
    while !next.isEmpty {
      let fresh = next.filter { line.insert($0.text).inserted }
      next = fresh.isEmpty ? [] : try transaction.claims(fresh).values.compactMap(\.revises)
    }
    return line
  }
}

extension SubmittedClaim {
  fileprivate var mayTakeAPlace: Bool { revision != nil || frequency != .original || namedPriorClaim != nil }
}

extension ActivityFailure {
  fileprivate static func bankAhead(_ transfer: BankTransfer) -> ActivityFailure {
    ActivityFailure(
      .bankAhead,
      "the bank has made \(transfer.id) for claim \(transfer.reference), which may be this one as it was decided before; "
        + "see `claims reconcile`")
  }
}
