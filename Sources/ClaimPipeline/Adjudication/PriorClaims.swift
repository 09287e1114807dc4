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
