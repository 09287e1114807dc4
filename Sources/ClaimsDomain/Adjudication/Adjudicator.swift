/// Decides claims according to one ruleset. The result is pure: the same claim, coverage, and totals give the same
/// decision on any machine at any time.
package struct Adjudicator: Sendable {
  package let ruleset: Ruleset

  package init(ruleset: Ruleset) {
    self.ruleset = ruleset
  }

  /// What the rules know of a claim besides what it says. Whatever agents establish before the decision is here.
  package struct Circumstances: Sendable {
    /// The day the claim was received, for timely filing.
    package let received: CalendarDate
    /// All enrollments of the treated member; empty when the member is unknown.
    package let spans: [Coverage]

    package init(received: CalendarDate, spans: [Coverage]) {
      self.received = received
      self.spans = spans
    }

    /// The plan in force on a day.
    package func plan(on day: CalendarDate) -> PlanID? {
      if case .active(let coverage) = CoverageStanding(on: day, among: spans) { coverage.planID } else { nil }
    }
  }

  /// Runs a claim's lines through every rule, in the order that examiners follow. Once a rule denies a line, later
  /// rules don't see it.
  ///
  /// - Parameters:
  ///   - circumstances: What is known of the claim besides what it says.
  ///   - duplicates: The numbers of lines that another claim's decision already allowed, found by `ServiceSignature`.
  ///   - resemblances: For each line number, what the line resembles on other claims.
  ///   - anesthesiaElsewhere: For each line number, the claims that were allowed a share of the anesthesia that is not
  ///     paid in addition to it.
  ///   - allowedElsewhere: Lines that other claims' decisions already allowed, found by `CareDay`.
  ///   - accumulators: The totals of `scopes(of:among:)`. On return, their `applied` holds what the claim adds; a
  ///     failure leaves them unchanged.
  /// - Throws: `AdjudicationFailure` when the claim cannot be decided by this ruleset.
  package func decide(
    _ claim: SubmittedClaim, under circumstances: Circumstances, duplicates: Set<Int> = [],
    resemblances: [Int: [Resemblance]] = [:], anesthesiaElsewhere: [Int: Set<ClaimIntakeID>] = [:],
    allowedElsewhere: [EditedLine] = [], accumulators: inout Accumulators
  ) throws(AdjudicationFailure) -> Decision {
    if let whole = WholeClaimDenial(of: claim) {
      return try Self.decision(of: whole.deny(claim.lines), ruleset: ruleset.id)
    }
    let spans = circumstances.spans
    let prior = try priorPayments(of: claim, among: spans)

    // Identity, active coverage, timely filing, duplicates.
    let enrolled = try CoverageInForce(claim: claim, spans: spans, ruleset: ruleset, prior: prior).check(claim.lines)
    let timely = try enrolled.denied(where: TimelyFiling(claim: claim, received: circumstances.received))
    // Lines that a provider is too late to correct stay as they were.
    if claim.namedPriorClaim != nil, enrolled.open().count > timely.open().count {
      throw .suspended(Suspense(.lateReplacement))
    }
    let single = try timely.denied(where: ExactDuplicate(in: claim, decidedElsewhere: duplicates))
    try NearDuplicate(in: claim, resemblances: resemblances).check(single)

    // Diagnoses, places of service, NCCI pairs, add-on codes, units.
    let coded = try CodeEditing(claim: claim, tables: ruleset.tables, allowedElsewhere: allowedElsewhere)
      .check(single)

    // Authorization, exclusions.
    let covered = try coded.deniedByPlan(of: claim)
    try ColumnTwoElsewhere(claim: claim, tables: ruleset.tables, allowed: allowedElsewhere).check(covered)

    // Price, concurrent procedures on one day, lesser of charge (CO-45).
    let priced = try PlanPrice(claim: claim, anesthesiaElsewhere: anesthesiaElsewhere).price(covered)
    let together = try ConcurrentProcedures().price(priced)
    let allowed = try together.onward(LesserOfCharge().allow)

    // Visit limits; deductible, copay, and coinsurance in the plan's order, each up to the out-of-pocket maximum;
    // amount limits; other payers; sequestration.
    var costShare = CostShare(opening: accumulators)
    var lines: [LineDecision] = []
    lines.reserveCapacity(allowed.count)
    for progress in allowed {
      switch progress {
      case .open(let line): lines.append(try costShare.settle(line))
      case .denied(let decision): lines.append(decision)
      }
    }
    let totals = try costShare.closing()

    let decision = try Self.decision(of: lines, ruleset: ruleset.id)
    accumulators = totals
    return decision
  }

  /// The totals that a claim may use, in the fixed order in which they are locked. Read these before deciding.
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

  /// The reason the claim waits for a person; nil when it can be decided.
  package func suspense(of claim: SubmittedClaim, among spans: [Coverage]) -> SuspenseReason? {
    // A person has reviewed the claim, or the claim requests no payment.
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
    // A claim is never decided as if no other payer had paid.
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
