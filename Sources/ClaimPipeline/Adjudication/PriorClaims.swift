import ClaimStore
import ClaimsDomain
import DurableExecution

/// The claims that claims of one transaction take the place of, and what those had used of the year's totals.
struct PriorClaims {
  private let rows: [ClaimIntakeID: ClaimRow]
  /// Of those that a provider names, who billed them.
  private let billers: [ClaimIntakeID: String]
  /// Those that were billed after another payer.
  private let secondary: Set<ClaimIntakeID>
  /// Those whose text does not read, so that nobody knows who billed them.
  private let damaged: Set<ClaimIntakeID>
  private let used: [ClaimIntakeID: [AccumulatorScope: Money]]
  /// Whose place was taken a moment ago, in the same transaction.
  private var taken: Set<ClaimIntakeID> = []

  init(of claims: [SubmittedClaim], in transaction: some ClaimTransaction) throws {
    let ids = Array(Set(claims.flatMap(\.priorClaims)))
    guard !ids.isEmpty else {
      (rows, billers, secondary, damaged, used) = ([:], [:], [], [], [:])
      return
    }
    rows = try transaction.claims(ids)
    let named = Set(claims.compactMap(\.namedPriorClaim))
    let bodies = try transaction.bodies(of: Array(named))
    let texts = bodies.reduce(into: [:]) { texts, stored in
      texts[stored.key] = try? SubmittedClaim(body: stored.value, of: stored.key)
    }
    billers = texts.mapValues(\.billingProvider.reference)
    secondary = Set(texts.filter { $0.value.payerSequence != .primary || !$0.value.payersBefore.isEmpty }.keys)
    damaged = Set(bodies.keys).subtracting(billers.keys)
    used = try transaction.contributions(of: ids)
  }

  /// Everything they have used, for whoever locks it.
  var scopes: Set<AccumulatorScope> { Set(used.values.flatMap(\.keys)) }

  enum Standing {
    /// Their place can be taken; none where the claim takes nobody's.
    case replaceable([ClaimIntakeID])
    case underWay(ClaimIntakeID)
    case suspended(Suspense)
  }

  func standing(for claim: SubmittedClaim) -> Standing {
    for id in claim.priorClaims {
      if damaged.contains(id), !claim.waives(.wait(.otherClaimDamaged)) {
        return .suspended(Suspense(.otherClaimDamaged, beside: [id]))
      }
      guard let row = rows[id], isOf(claim, row) else { return .suspended(Suspense(.priorClaimUnknown)) }
      switch row.status {
      case .replaced: return .suspended(Suspense(.priorClaimReplaced))
      case .received, .adjudicated: return .underWay(id)
      case .suspended where row.amounts != nil: return .suspended(Suspense(.priorClaimUnpaid))
      case .paid, .denied, .suspended:
        if taken.contains(id) { return .suspended(Suspense(.priorClaimReplaced)) }
        // Closed, and its audit is still to be written.
        if row.keys.audit == nil { return .underWay(id) }
        // A payer that has decided before us is not forgotten because a correction does not name it.
        if secondary.contains(id), claim.payersBefore.isEmpty, !claim.isVoid, claim.revision?.turn == nil {
          return .suspended(Suspense(.payersContradict, beside: [id]))
        }
      }
    }
    return .replaceable(claim.priorClaims)
  }

  /// Whether the claim takes the place of one that was decided, so that what could have kept that one from being decided
  /// has been asked about.
  func includesDecided(for claim: SubmittedClaim) -> Bool {
    claim.priorClaims.contains { id in
      switch rows[id]?.status {
      case .paid, .denied: true
      default: false
      }
    }
  }

  func used(by ids: [ClaimIntakeID]) -> [[AccumulatorScope: Money]] { ids.compactMap { used[$0] } }

  mutating func take(_ ids: [ClaimIntakeID]) { taken.formUnion(ids) }

  /// Nobody replaces the claim of another provider, payer or member by its number alone.
  private func isOf(_ claim: SubmittedClaim, _ prior: ClaimRow) -> Bool {
    if prior.id != claim.namedPriorClaim { return true }
    return prior.payerID == claim.payer.id && prior.memberID == claim.memberID
      && billers[prior.id] == claim.billingProvider.reference
  }
}

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
