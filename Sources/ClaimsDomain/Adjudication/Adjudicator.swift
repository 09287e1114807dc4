/// Decides claims by one ruleset. Pure: the same claim, coverage and totals give the same decision, on any machine, at
/// any time.
package struct Adjudicator: Sendable {
  package let ruleset: Ruleset

  package init(ruleset: Ruleset) {
    self.ruleset = ruleset
  }

  /// Takes a claim's lines through every rule, in the order examiners do. A line that one rule denies is not seen by
  /// those after it.
  ///
  /// - Parameters:
  ///   - received: The day the claim came in, for timely filing.
  ///   - spans: All enrollments of the member who was treated; none when nobody knows the member.
  ///   - duplicates: Numbers of lines that another claim's decision already allowed, found by `ServiceSignature`.
  ///   - nearDuplicates: By number of line, the claims that allowed it by `NearSignature` alone; for anesthesia those that
  ///     were allowed a share that is not paid beside it.
  ///   - allowedElsewhere: Lines that other claims' decisions already allowed, found by `CareDay`.
  ///   - accumulators: The totals of `scopes(of:among:)`. What the claim adds is in their `applied`; a failure
  ///     leaves them as they were.
  /// - Throws: `AdjudicationFailure` when the claim cannot be decided by this ruleset.
  package func decide(
    _ claim: SubmittedClaim, received: CalendarDate, spans: [Coverage], duplicates: Set<Int> = [],
    nearDuplicates: [Int: Set<ClaimIntakeID>] = [:], allowedElsewhere: [EditedLine] = [],
    accumulators: inout Accumulators
  ) throws(AdjudicationFailure) -> Decision {
    if let whole = WholeClaimDenial(of: claim) {
      return try Self.decision(of: whole.deny(claim.lines), ruleset: ruleset.id)
    }
    let prior = try priorPayments(of: claim, among: spans)

    // Identity, coverage in force, timely filing, duplicate.
    let enrolled = try CoverageInForce(claim: claim, spans: spans, ruleset: ruleset, prior: prior).check(claim.lines)
    let timely = try enrolled.denied(where: TimelyFiling(claim: claim, received: received))
    // What a provider is too late to correct stays as it was.
    if claim.namedPriorClaim != nil, enrolled.open().count > timely.open().count {
      throw .suspended(Suspense(.lateReplacement))
    }
    let single = try timely.denied(where: ExactDuplicate(in: claim, decidedElsewhere: duplicates))
    try NearDuplicate(in: claim, allowedElsewhere: nearDuplicates).check(single)

    // Diagnoses, places of service, NCCI pairs, add-on codes, units.
    let coded = try CodeEditing(claim: claim, tables: ruleset.tables, allowedElsewhere: allowedElsewhere)
      .check(single)

    // Authorization, exclusions.
    let authorized = try coded.denied(where: Authorization(claim: claim))
    let covered = try authorized.denied(where: CoveredBenefit())
    try ColumnTwoElsewhere(claim: claim, tables: ruleset.tables, allowed: allowedElsewhere).check(covered)

    // Price; several procedures of a day; lesser of charge, CO-45.
    let priced = try PlanPrice(claim: claim, anesthesiaElsewhere: nearDuplicates).price(covered)
    let together = try ConcurrentProcedures().price(priced)
    let allowed = try together.onward(LesserOfCharge().allow)

    // Visit limits; deductible, copay and coinsurance in the plan's order, each up to the out-of-pocket maximum; amount
    // limits; other payers; sequestration.
    var costShare = CostShare(opening: accumulators)
    var lines: [LineDecision] = []
    lines.reserveCapacity(allowed.count)
    for passage in allowed {
      switch passage {
      case .open(let line): lines.append(try costShare.settle(line))
      case .denied(let decision): lines.append(decision)
      }
    }
    let totals = try costShare.closing()

    let decision = try Self.decision(of: lines, ruleset: ruleset.id)
    accumulators = totals
    return decision
  }

  /// The totals a claim may use, in the fixed order in which they are locked: what to read before deciding.
  package func scopes(of claim: SubmittedClaim, among spans: [Coverage]) -> [AccumulatorScope] {
    var scopes: Set<AccumulatorScope> = []
    for day in Set(claim.lines.compactMap { claim.serviceDates(of: $0)?.first }) {
      guard case .active(let coverage) = CoverageStanding(on: day, among: spans),
        let plan = ruleset.plans[coverage.planID]
      else { continue }
      let planYear = plan.planYear(of: day)
      scopes.formUnion(AccumulatorScope.costSharing(of: coverage, planYear: planYear))
      if plan.outOfNetwork != nil {
        scopes.formUnion(AccumulatorScope.costSharing(of: coverage, planYear: planYear, network: .outOfNetwork))
      }
      for line in claim.lines {
        guard let benefit = plan.benefit(for: line), benefit.copayPer == .providerAndDay,
          claim.serviceDates(of: line)?.first == day
        else {
          continue
        }
        let visit = AccumulatorScope.Bucket.visit(on: day, to: claim.treatingProvider(of: line).reference)
        scopes.insert(
          AccumulatorScope(
            holder: .member(coverage.memberID), planID: coverage.planID, planYear: planYear,
            bucket: .copay(benefit: benefit.id, visit: visit)))
      }
      guard plan.hasLimits else { continue }
      for benefit in claim.lines.compactMap(plan.benefit) where benefit.limit != nil {
        scopes.formUnion(AccumulatorScope.limits(of: benefit, for: coverage, planYear: planYear))
      }
    }
    return scopes.sorted()
  }

  /// Why the claim waits for a person; nil when it can be decided.
  package func suspense(of claim: SubmittedClaim, among spans: [Coverage]) -> SuspenseReason? {
    // A person has seen it, or nothing is asked for.
    guard claim.revision?.denial == nil, claim.isTest != true, claim.purpose != .encounter else { return nil }
    let coverages = claim.lines.compactMap { claim.serviceDates(of: $0)?.first }.compactMap { day -> Coverage? in
      guard case .active(let coverage) = CoverageStanding(on: day, among: spans) else { return nil }
      return coverage
    }
    let plans = coverages.compactMap { ruleset.plans[$0.planID] }
    return SuspenseReason(
      claim, coordinates: !plans.isEmpty && plans.allSatisfy { $0.coordinationOfBenefits != nil },
      of: coverages.lazy.compactMap(\.identity).first)
  }

  private func priorPayments(
    of claim: SubmittedClaim, among spans: [Coverage]
  ) throws(AdjudicationFailure) -> [Int: PriorPayment] {
    // Never decided as if nobody else paid.
    if let unclear = claim.unclearTurn { throw .suspended(Suspense(unclear)) }
    guard claim.payerSequence != .primary else { return [:] }
    if let reason = suspense(of: claim, among: spans) { throw .suspended(Suspense(reason)) }
    do {
      return try OtherPayerAccount(of: claim).payments
    } catch {
      throw .suspended(Suspense(error))
    }
  }

  private static func decision(
    of lines: [LineDecision], ruleset: RulesetID
  ) throws(AdjudicationFailure) -> Decision {
    do {
      return try Decision(lines: lines, ruleset: ruleset)
    } catch {
      throw .amount(error)
    }
  }
}
