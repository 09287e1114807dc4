package import ClaimStore
package import ClaimsDomain
import DurableExecution

extension StandingClaim {
  /// Returns what people have moved on the claim, one act after another, since the rules alone or two people last decided
  /// it. An act moves what is paid for the claim that it makes, with interest, less what was paid for those that this one
  /// replaces. It is negative where money came back.
  ///
  /// - Parameter isApproval: whether an act on record is one of two people.
  /// - Throws: `StoreFailure`.
  package func movedByActs(
    in transaction: ClaimTransaction, except isApproval: (_ act: String) -> Bool
  ) throws -> Money {
    var (row, claim, moved) = (row, submitted, Money.zero)
    while let revision = claim.revision {
      guard let prior = try transaction.claims([revision.replaces])[revision.replaces],
        let body = try transaction.bodies(of: [prior.id])[prior.id]
      else { throw StoreFailure.corrupt("claim \(revision.replaces), which \(row.id) replaced, is gone") }
      // The act that replaced a claim is the last one on it.
      if let act = try transaction.acts(on: [prior.keys.intake]).last?.act, isApproval(act) { break }
      moved = try moved + Self.moved(by: row, revision, in: transaction)
      (row, claim) = (prior, try SubmittedClaim(body: body, of: prior.id))
    }
    return moved
  }

  /// Returns what was moved when a claim was decided in place of others.
  private static func moved(
    by row: ClaimRow, _ revision: ClaimRevision, in transaction: ClaimTransaction
  ) throws -> Money {
    let others = [revision.replaces] + revision.alsoReplaces + [revision.prior, row.revises].compactMap(\.self)
    let ids = Set(others + [row.id])
    var reversals: [ClaimIntakeID: ReversalResponse] = [:]
    for record in try transaction.records(for: ids.map { ReversalKey(claimID: $0).text }).values {
      guard let stored = record.response else { continue }
      let reversal = try StoredDocument.read(ReversalResponse.self, from: stored.bytes, "the reversal of a claim")
      reversals[reversal.claimID] = reversal
    }
    let returned = try Set(others).reduce(Money.zero) { sum, id in
      guard let reversal = reversals[id], reversal.replacedBy == row.id else { return sum }
      return try sum + reversal.paidBack
    }
    if let reversal = reversals[row.id] { return try reversal.paidBack - returned }
    let payment = try transaction.payments(of: [row.id]).first(where: \.state.isStanding)
    let paid = try payment.map { try (row.amounts?.planPaid ?? .zero) + $0.interest } ?? .zero
    return try paid - returned
  }
}
