import ClaimStore
import ClaimsDomain
import DurableExecution

/// The claims that the claims of one transaction replace, and what they had used of the year's totals.
struct PriorClaims {
  private let rows: [ClaimIntakeID: ClaimRow]
  /// The billing providers of the claims that a provider names as replaced.
  private let billers: [ClaimIntakeID: String]
  /// The claims that were billed after another payer.
  private let secondary: Set<ClaimIntakeID>
  /// The claims whose text cannot be read, so that their billing provider is unknown.
  private let damaged: Set<ClaimIntakeID>
  /// The claims that were decided and are not paid.
  private let unpaid: [ClaimIntakeID: UnpaidClaim]
  private let used: [ClaimIntakeID: [AccumulatorScope: Money]]
  /// The claims already replaced in this transaction.
  private var taken: Set<ClaimIntakeID> = []

  init(of claims: [SubmittedClaim], in transaction: some AdjudicationRecords) throws {
    let ids = Array(Set(claims.flatMap(\.priorClaims)))
    guard !ids.isEmpty else {
      (rows, billers, secondary, damaged, unpaid, used) = ([:], [:], [], [], [:], [:])
      return
    }
    rows = try transaction.claims(ids)
    unpaid = try UnpaidClaim.of(rows.values, in: transaction)
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

  /// All accumulator scopes that the prior claims have used, so that the caller can lock them.
  var scopes: Set<AccumulatorScope> { Set(used.values.flatMap(\.keys)) }

  enum Standing {
    /// The prior claims can be replaced; empty when the claim replaces none.
    case replaceable([ClaimIntakeID])
    case underWay(ClaimIntakeID)
    case suspended(Suspense)
  }

  func standing(for claim: SubmittedClaim) -> Standing {
    for id in claim.priorClaims {
      if damaged.contains(id), !claim.uncompared([id], for: .otherClaimDamaged).isEmpty {
        return .suspended(Suspense(.otherClaimDamaged, beside: [id]))
      }
      guard let row = rows[id], isOf(claim, row) else { return .suspended(Suspense(.priorClaimUnknown)) }
      switch row.status {
      case .replaced: return .suspended(Suspense(.priorClaimReplaced))
      case .received, .adjudicated: return .underWay(id)
      // A claim that is held has no payment to take back.
      case .suspended where row.amounts != nil && unpaid[id] != .held: return .suspended(Suspense(.priorClaimUnpaid))
      case .paid, .denied, .suspended:
        if taken.contains(id) { return .suspended(Suspense(.priorClaimReplaced)) }
        // The claim is closed, but its audit is not written yet.
        if row.keys.audit == nil { return .underWay(id) }
        // A correction that omits a payer does not erase that payer's earlier decision.
        if secondary.contains(id), claim.payersBefore.isEmpty, !claim.isVoid, claim.revision?.turn == nil {
          return .suspended(Suspense(.payersContradict, beside: [id]))
        }
      }
    }
    return .replaceable(claim.priorClaims)
  }

  /// Whether the claim replaces a decided claim, so that any obstacle to the decision has already been resolved.
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

  /// A claim number alone does not permit replacing the claim of another provider, payer, or member.
  private func isOf(_ claim: SubmittedClaim, _ prior: ClaimRow) -> Bool {
    if prior.id != claim.namedPriorClaim { return true }
    return prior.payerID == claim.payer.id && prior.memberID == claim.memberID
      && billers[prior.id] == claim.billingProvider.reference
  }
}

/// Claims with a number that the provider has used before: those on record and those decided earlier in the same
/// transaction.
///
/// An original claim with such a number may be the first claim resubmitted with a charge that is a cent higher, or
/// another visit under the number of the patient's account. No rule can tell them apart, so a person decides. To
/// correct a claim, a provider replaces it (CLM05-3 is 7), which needs no review.
///
/// The same holds when the earlier claim is another person's, begins on the same day, and was allowed care: it may be this
/// claim, sent again with the patient's name, birth date, or number corrected. An earlier claim that was allowed nothing does
/// not count: the provider may correct the number of an unknown member and send the claim again.
///
/// They are read after the year's totals, which lock the member (`AccumulatorLedger`). So when two transactions decide
/// claims of a member with the same number, the second sees what the first has decided.
struct KnownNumbers {
  /// An earlier claim with the number.
  struct Known: Hashable {
    let id: ClaimIntakeID
    let provider: Provider
    let member: MemberID
    /// The first day of care.
    let day: CalendarDate?
    let isAllowed: Bool
    /// Nil for a claim that cannot be read.
    let diagnoses: Set<String>?
  }

  private struct Number: Hashable {
    let payer: PayerID
    let number: ClaimNumber

    init(_ claim: SubmittedClaim) {
      payer = claim.payer.id
      number = claim.claimNumber
    }
  }

  private var claims: [Number: Set<Known>] = [:]

  /// The claims among these whose numbers are looked for on record.
  static func originals(among claims: [SubmittedClaim]) -> [SubmittedClaim] {
    claims.filter { $0.frequency == .original && $0.isTest != true }
  }

  /// - Parameter rows: the claims on record with numbers of these claims (`Precedents.numbered`).
  init(of claims: [SubmittedClaim], among rows: [ClaimRow], in transaction: some AdjudicationRecords) throws {
    guard !rows.isEmpty else { return }
    let originals = Self.originals(among: claims)
    let bodies = try transaction.bodies(of: rows.map(\.id))
    for row in rows {
      // An unreadable claim may come from the same provider, so a person reviews it.
      let earlier = bodies[row.id].flatMap { try? SubmittedClaim(body: $0, of: row.id) }
      guard earlier?.isTest != true else { continue }
      let isAllowed = row.amounts.map { $0.allowed > .zero } ?? false
      if let earlier {
        add(earlier, as: row.id, isAllowed: isAllowed)
      } else {
        for claim in originals.filter(row.isNamedLike) { keep(claim, as: row.id, isAllowed: isAllowed, diagnoses: nil) }
      }
    }
  }

  /// The claims to compare with an original claim: those of the same provider, by whichever identifier.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func others(than claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> [Known] {
    guard claim.frequency == .original, claim.isTest != true else { return [] }
    return (claims[Number(claim)] ?? []).filter { earlier in
      !own.contains(earlier.id) && earlier.provider.isSame(as: claim.billingProvider)
        && (earlier.member == claim.memberID || (earlier.isAllowed && earlier.day == claim.dateOfService))
    }
  }

  /// - Parameter isAllowed: whether the claim was allowed care.
  mutating func add(_ claim: SubmittedClaim, as id: ClaimIntakeID, isAllowed: Bool) {
    if claim.isTest != true { keep(claim, as: id, isAllowed: isAllowed, diagnoses: Set(claim.diagnoses)) }
  }

  private mutating func keep(
    _ claim: SubmittedClaim, as id: ClaimIntakeID, isAllowed: Bool, diagnoses: Set<String>?
  ) {
    claims[Number(claim), default: []].insert(
      Known(
        id: id, provider: claim.billingProvider, member: claim.memberID, day: claim.dateOfService, isAllowed: isAllowed,
        diagnoses: diagnoses))
  }

  /// Removes claims that were replaced.
  mutating func forget(_ replaced: [ClaimIntakeID]) {
    guard !replaced.isEmpty else { return }
    claims = claims.mapValues { known in known.filter { !replaced.contains($0.id) } }
  }
}

extension ClaimRow {
  fileprivate func isNamedLike(_ claim: SubmittedClaim) -> Bool {
    claimNumber == claim.claimNumber && memberID == claim.memberID && payerID == claim.payer.id
  }
}
