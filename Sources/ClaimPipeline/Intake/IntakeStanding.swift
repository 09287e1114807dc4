package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// The outcome of intake for a claim, as its sender needs to know it.
package enum IntakeStanding: Hashable, Sendable {
  /// The claim was accepted under this number.
  case accepted(ClaimIntakeID, on: CalendarDate)
  /// The claim was rejected, with the reason.
  case rejected(ClaimRejection)
  /// The claim has not reached intake.
  case unknown

  /// The outcome of intake for each claim, with the claim's place.
  ///
  /// - Parameter location: the location that a claim was read from.
  /// - Throws: `StoreFailure`.
  package static func of(
    _ claims: [(claim: SubmittedClaim, location: SourceLocation)], in transaction: ClaimTransaction
  ) throws -> [Placed<IntakeStanding>] {
    let keyed = claims.map { (claim: $0.claim, location: $0.location, key: IntakeKey(of: $0.claim)) }
    let keys = keyed.map(\.key)
    let rows = try transaction.claims(keys.map(\.claimID))
    let refused = try transaction.keyRows(keys.filter { rows[$0.claimID] == nil }.map(\.text))
    let refusals = Dictionary(refused.map { ($0.key, $0) }) { first, _ in first }
    return keyed.map { claim, location, key -> IntakeStanding in
      if let row = rows[key.claimID] { return .accepted(row.id, on: row.receivedOn) }
      guard let refusal = refusals[key.text], refusal.status == .failed,
        let problem = refusal.document(StoredRefusal.self)
      else { return .unknown }
      var rejection = ClaimRejection(
        claimNumber: claim.claimNumber, payerID: claim.payer.id, charge: claim.charge,
        location: location, reason: problem.title)
      // Intake puts the faulty element first: `CLM02: the claim's charge is …`.
      let words = problem.title.split(separator: ": ", maxSplits: 1)
      if words.count == 2, !words[0].contains(" ") { rejection.location.element = String(words[0]) }
      return .rejected(rejection)
    }.placed
  }
}
