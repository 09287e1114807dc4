package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The decisions of one transaction. The session reads everything they need once, makes them in memory, and writes all
/// results once.
struct AdjudicationSession<Transaction: AdjudicationRecords> {
  private typealias Call = OwnedCall<AdjudicationActivity<Transaction>.Request>

  private let adjudicator: Adjudicator
  private var accumulators: Accumulators
  /// The scopes that the decision of each claim starts from.
  private let scopesByClaim: [ClaimIntakeID: [AccumulatorScope]]
  /// The amounts that claims now decided again had already added to the accumulators.
  private let contributions: [ClaimIntakeID: [AccumulatorScope: Money]]
  private var services: AllowedServices
  private var resembling: ResemblingClaims
  private var lines: AllowedLines
  private var priors: PriorClaims
  private var numbers: KnownNumbers

  private var claims: [ClaimRow] = []
  private var decisions: [DecisionRow] = []
  private var entries: [AccumulatorRow] = []
  private var postings: [LedgerPosting] = []
  private var marked: [MarkedClaim] = []

  init(
    _ adjudicator: Adjudicator, _ calls: [OwnedCall<AdjudicationActivity<Transaction>.Request>],
    in transaction: Transaction
  ) throws {
    self.adjudicator = adjudicator
    priors = try PriorClaims(of: calls.map(\.request.claim), in: transaction)
    let scopesByClaim = Dictionary(
      calls.map { call in
        let spans = call.request.circumstances?.spans ?? []
        return (call.request.row.id, adjudicator.scopes(of: call.request.claim, among: spans))
      }, uniquingKeysWith: { first, _ in first })
    self.scopesByClaim = scopesByClaim
    let scopes = Set(scopesByClaim.values.joined()).union(priors.scopes)
    let claims = calls.map(\.request.claim)
    services = AllowedServices(
      calls.map { ($0.request.claim, $0.request.row, $0.request.circumstances?.spans ?? []) }, by: adjudicator.ruleset)
    let (exact, near) = services.sought
    let originals = KnownNumbers.originals(among: claims)
    let precedents = try transaction.precedents(
      for: SoughtPrecedents(
        scopes: scopes.sorted(), exact: exact, near: near, numbers: Set(originals.map(\.claimNumber)).sorted(),
        members: Set(originals.map(\.memberID)).sorted(),
        providers: Set(originals.map(\.billingProvider.reference)).sorted().map { ProviderReference($0) },
        days: Set(originals.compactMap(\.dateOfService)).sorted()))
    accumulators = Accumulators(balances: precedents.totals)
    services.add(precedents.allowed)
    resembling = try ResemblingClaims(services.resembling(claims), in: transaction)
    let decidedBefore = calls.map(\.request.row).filter { $0.adjudicationID != nil }.map(\.id)
    contributions = try decidedBefore.isEmpty ? [:] : transaction.contributions(of: decidedBefore, to: scopes.sorted())
    lines = try AllowedLines(on: services.careDays, in: transaction)
    numbers = try KnownNumbers(of: claims, among: precedents.numbered, in: transaction)
  }

  mutating func decide(
    _ call: OwnedCall<AdjudicationActivity<Transaction>.Request>, as id: AdjudicationID
  ) throws -> Result<AdjudicationResponse, ActivityFailure> {
    let (claim, row) = (call.request.claim, call.request.row)
    guard let circumstances = call.request.circumstances else {
      throw StoreFailure.corrupt("claim \(row.id) is decided, but its decision is gone")
    }
    let planID = circumstances.plan(on: claim.dateOfService ?? row.receivedOn)
    // Whether a plan coordinates benefits is determined by the rules that the claim was received under.
    guard claim.payerSequence == .primary || claim.otherPayers == nil || row.ruleset == adjudicator.ruleset.id else {
      return .failure(.otherRuleset(row.ruleset))
    }
    if let reason = adjudicator.suspense(of: claim, among: circumstances.spans) {
      return suspended(call, as: id, planID, Suspense(reason))
    }
    guard row.ruleset == adjudicator.ruleset.id else {
      return .failure(.otherRuleset(row.ruleset))
    }
    let replaced: [ClaimIntakeID]
    switch priors.standing(for: claim) {
    case .replaceable(let ids): replaced = ids
    case .underWay(let id): return .failure(.priorClaimUnderWay(id))
    case .suspended(let suspense): return suspended(call, as: id, planID, suspense)
    }
    let own = replaced + [row.id]
    if let suspense = suspense(of: claim, besides: own) { return suspended(call, as: id, planID, suspense) }
    var running: Accumulators
    let decision: Decision
    do {
      running = try opening(for: row.id, replacing: replaced)
      decision = try adjudicator.decide(
        claim, under: circumstances,
        duplicates: services.duplicates(in: claim, besides: own),
        resemblances: resembling.resemblances(of: claim, to: services.resembling(claim, besides: own)),
        anesthesiaElsewhere: services.anesthesiaElsewhere(for: claim, besides: own),
        allowedElsewhere: lines.besides(own, on: services.signatures(of: claim)), accumulators: &running)
    } catch .suspended(let suspense) {
      return suspended(call, as: id, planID, suspense)
    } catch {
      return .failure(.undecidable(error))
    }
    accumulators.update(with: running)
    priors.take(replaced)
    services.forget(replaced)
    lines.forget(replaced)
    numbers.forget(replaced)
    entries += running.applied.filter { $0.amount != .zero }.map {
      AccumulatorRow(entry: $0, claimID: row.id, effectKey: call.effectKey)
    }
    keep(call, id: id, status: .adjudicated, decision: decision)
    return .success(
      AdjudicationResponse(
        adjudicationID: id, planID: planID, verdict: .decided(decision),
        promptPay: planID.flatMap { adjudicator.ruleset.plans[$0]?.promptPay }))
  }

  private mutating func suspended(
    _ call: Call, as id: AdjudicationID, _ planID: PlanID?, _ suspense: Suspense
  ) -> Result<AdjudicationResponse, ActivityFailure> {
    keep(call, id: id, status: .suspended, suspense: suspense)
    return .success(AdjudicationResponse(adjudicationID: id, planID: planID, verdict: .suspended(suspense)))
  }

  /// The reason that other claims keep this claim from being decided; nil when none do.
  private func suspense(of claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> Suspense? {
    let damaged = lines.damaged(besides: own, on: services.signatures(of: claim))
    let unseen = claim.uncompared(Set(damaged), for: .otherClaimDamaged).sorted()
    guard unseen.isEmpty else { return Suspense(.otherClaimDamaged, beside: unseen) }
    let earlier = claimsToCompare(with: claim, besides: own)
    return earlier.isEmpty ? nil : Suspense(.claimNumberKnown, beside: earlier)
  }

  /// Earlier claims with the same number that a person has to compare with this one. A claim that replaces a decided
  /// claim was compared with them already.
  private func claimsToCompare(with claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> [ClaimIntakeID] {
    guard claim.revision?.denial == nil, !priors.includesDecided(for: claim) else { return [] }
    // Care that was allowed for the earlier claim in every part is denied (OA-18), by whichever road it came again.
    let others = numbers.others(than: claim, besides: own).filter { earlier in
      earlier.diagnoses != Set(claim.diagnoses) || !services.isAllowed(claim, for: earlier.id)
    }
    return claim.uncompared(Set(others.map(\.id)), for: .claimNumberKnown).sorted()
  }

  /// The totals that a decision starts from: without the amounts used by the claims it replaces, and without the
  /// claim's own amounts if it is decided again.
  private func opening(
    for claim: ClaimIntakeID, replacing replaced: [ClaimIntakeID]
  ) throws(AdjudicationFailure) -> Accumulators {
    let (used, own) = (priors.used(by: replaced), contributions[claim] ?? [:])
    var opening = accumulators.totals(of: (scopesByClaim[claim] ?? []) + used.flatMap(\.keys) + own.keys)
    do {
      for used in used { try opening.withdraw(used) }
      // The reversal of the replaced claims takes back what they used, so it is not an entry of this claim.
      opening = Accumulators(balances: opening.balances)
      try opening.withdraw(own)
    } catch {
      throw .amount(error)
    }
    return opening
  }

  private mutating func keep(
    _ call: Call, id: AdjudicationID, status: ClaimStatus, decision: Decision? = nil, suspense: Suspense? = nil
  ) {
    numbers.add(call.request.claim, as: call.request.row.id, isAllowed: decision.map { $0.allowed > .zero } ?? false)
    claims.append(
      call.request.row.advanced { row in
        row.status = status
        row.keys.eligibility = call.request.eligibilityKey
        row.keys.adjudication = call.effectKey
        row.adjudicationID = id
        row.amounts = decision.map {
          DecidedAmounts(allowed: $0.allowed, memberResponsibility: $0.memberResponsibility, planPaid: $0.paid)
        }
      })
    let (claim, claimID) = (call.request.claim, call.request.row.id)
    marked.append(MarkedClaim(call.request.row, ClaimMark.of(claim, decision: decision, suspense: suspense)))
    guard let decision else { return }
    let signatures = services.signatures(of: claim)
    services.allow(claim, as: claimID, by: decision)
    resembling.add(claim, as: claimID)
    lines.allow(claim, as: claimID, by: decision, on: signatures)
    decisions.append(
      DecisionRow(
        id: id, claimID: claimID, effectKey: call.effectKey, decision: decision, signatures: signatures))
    postings += DecisionPostings(decision, of: claim, as: claimID, key: call.effectKey).all
  }

  func write(to transaction: Transaction) throws {
    if !claims.isEmpty { try transaction.update(claims) }
    if !decisions.isEmpty { try transaction.insert(decisions) }
    if !entries.isEmpty { try transaction.append(entries) }
    if !postings.isEmpty { try transaction.post(postings) }
    if !marked.isEmpty { try transaction.mark(marked) }
  }
}

/// The ledger postings of a decision: what the plan owes the provider and what the member owes.
package struct DecisionPostings {
  package let all: [LedgerPosting]

  package init(_ decision: Decision, of claim: SubmittedClaim, as claimID: ClaimIntakeID, key: KeyText) {
    let party = claim.billingProvider.reference
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .claimsExpense, credit: .claimsPayable, amount: decision.paid,
        claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 2, debit: .memberReceivable, credit: .memberResponsibility,
        amount: decision.memberResponsibility, claimID: claimID, party: party),
    ].compactMap(\.self)
  }
}
