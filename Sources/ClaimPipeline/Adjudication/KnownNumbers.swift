import ClaimStore
import ClaimsDomain
import DurableExecution

/// Claims under a number that its provider has used for the same member before: those on record, and those of a moment
/// ago in the same transaction.
///
/// An original claim under such a number may be the first one sent again with a cent more, or another visit under the
/// number of the patient's account. No rule can tell, so a person does. To correct a claim, a provider replaces it
/// (CLM05-3 is 7), which is no matter for a person.
///
/// They are read after the year's totals, whose lock is the member's (`AccumulatorLedger`). So of two transactions that
/// decide claims of one number, the second sees what the first has done.
struct KnownNumbers {
  private struct Sender: Hashable {
    let payer: PayerID
    let provider: String
    let member: MemberID
    let number: ClaimNumber

    init(_ claim: SubmittedClaim) {
      payer = claim.payer.id
      provider = claim.billingProvider.reference
      member = claim.memberID
      number = claim.claimNumber
    }
  }

  private var claims: [Sender: Set<ClaimIntakeID>] = [:]

  init(of claims: [SubmittedClaim], in transaction: some ClaimTransaction) throws {
    let originals = claims.filter { $0.frequency == .original && $0.isTest != true }
    guard !originals.isEmpty else { return }
    let rows = try transaction.decidedClaims(
      numbered: Set(originals.map(\.claimNumber)).sorted(), of: Set(originals.map(\.memberID)).sorted())
    guard !rows.isEmpty else { return }
    let bodies = try transaction.bodies(of: rows.map(\.id))
    for row in rows {
      // An unreadable claim may be the same provider's, so a person looks.
      let earlier = bodies[row.id].flatMap { try? SubmittedClaim(body: $0, of: row.id) }
      guard earlier?.isTest != true else { continue }
      for claim in earlier.map({ [$0] }) ?? originals.filter(row.isNamedLike) { add(claim, as: row.id) }
    }
  }

  /// The claims to compare an original one with.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func others(than claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> [ClaimIntakeID] {
    guard claim.frequency == .original, claim.isTest != true else { return [] }
    return (claims[Sender(claim)] ?? []).subtracting(own).sorted()
  }

  mutating func add(_ claim: SubmittedClaim, as id: ClaimIntakeID) {
    if claim.isTest != true { claims[Sender(claim), default: []].insert(id) }
  }

  /// Claims whose place was taken.
  mutating func forget(_ replaced: [ClaimIntakeID]) {
    guard !replaced.isEmpty else { return }
    claims = claims.mapValues { $0.subtracting(replaced) }
  }
}

extension ClaimRow {
  fileprivate func isNamedLike(_ claim: SubmittedClaim) -> Bool {
    claimNumber == claim.claimNumber && memberID == claim.memberID && payerID == claim.payer.id
  }
}
