/// The member's share of each line, in the plan's order, and what it adds to the year's totals. Lines are settled in
/// the claim's order, and each line sees what the earlier lines used.
struct CostShare {
  private let opening: Accumulators
  private var years: [YearToDate] = []
  private var copay: Copay
  private var limits: BenefitLimits

  init(opening: Accumulators) {
    self.opening = opening
    copay = Copay(opening: opening)
    limits = BenefitLimits(opening: opening)
  }

  /// - Throws: `AdjudicationFailure` when an amount overflows 64 bits.
  mutating func settle(_ line: AllowedLine) throws(AdjudicationFailure) -> LineDecision {
    var ledger = line.ledger
    let denial: Denial?
    var taken = Taken(allowed: line.allowed)
    do {
      denial = try limits.denial(of: line.covered)
      if denial == nil { try take(line.covered, from: &ledger, &taken) }
    } catch {
      throw .amount(error)
    }
    do {
      if let denial { return try LineDecision(denying: line.covered.line, for: denial) }
      return try ledger.settled(
        allowed: taken.allowed, network: line.covered.network, use: taken.use, credit: taken.credit)
    } catch {
      throw .unbalanced(error)
    }
  }

  /// What a line produces in addition to its adjustments.
  private struct Taken {
    /// The allowed amount, without the part above a benefit's limit, which the plan does not cover.
    var allowed: Money
    var use: BenefitUse?
    var credit: CostShareCredit?
  }

  private mutating func take(
    _ line: CoveredLine, from ledger: inout LineLedger, _ taken: inout Taken
  ) throws(MoneyError) {
    var asked = try ask(line, of: ledger.open)
    // Limits and yearly cost-share totals count the amount as if no other payer had paid, so that deciding a claim
    // again gives the same result.
    let benefit = try ledger.open - asked.total
    if let prior = line.prior, let method = line.terms.plan.coordinationOfBenefits {
      let coordinated = try CoordinatedBenefit(
        method, benefit: benefit, share: asked.total, charge: line.line.charge,
        writtenOff: line.network == .inNetwork ? line.line.charge - ledger.open : nil, after: prior)
      if coordinated.memberOwes < asked.total { taken.credit = try asked.credit() }
      try asked.forgive(to: coordinated.memberOwes)
      try ledger.giveBack(coordinated.alreadyWrittenOff)
      try ledger.take(coordinated.impact)
    }
    for share in asked.shares { try ledger.take(share.adjustment) }
    if let excess = asked.excess {
      try ledger.take(excess)
      taken.allowed = try taken.allowed - excess.amount
    }
    taken.use = try limits.count(line, benefit: benefit)
    if let scope = line.copayScope, let rule = line.benefit, let amount = asked.copay {
      let copay = BenefitUse.Copay(scope.bucket, amount)
      taken.use = (taken.use ?? BenefitUse(benefit: rule.id)).with(copay)
    }
    if line.terms.plan.hasSequestration,
      let cut = try Sequestration(on: line.day)?.adjustment(of: ledger.open)
    {
      try ledger.take(cut)
    }
  }

  /// What the member would owe of an allowed amount if no other payer paid.
  private mutating func ask(_ line: CoveredLine, of allowed: Money) throws(MoneyError) -> LineShares {
    let terms = CostShareTerms(of: line)
    let index = yearToDate(of: line)
    var open = allowed
    var asked = LineShares()
    for kind in line.terms.plan.costShareOrder.shares {
      let share: MemberShare? =
        switch kind {
        case .deductible: try Deductible().share(of: open, under: terms, years[index])
        case .copay: try copay.share(of: open, for: line, under: terms)
        case .coinsurance: try Coinsurance().share(of: open, under: terms)
        }
      if kind == .copay { asked.copay = share?.amount }
      guard let share, let owed = try OutOfPocketMaximum().limit(share, under: terms, years[index]) else { continue }
      open = try open - owed.amount
      try years[index].add(owed)
      try asked.ask(owed)
    }
    if let excess = try limits.excess(of: open, for: line) { try asked.ask(excess) }
    return asked
  }

  private mutating func yearToDate(of line: CoveredLine) -> Int {
    let planYear = line.terms.plan.planYear(of: line.day)
    if let index = years.firstIndex(where: { $0.isFor(line.coverage, in: planYear, line.network) }) { return index }
    years.append(YearToDate(of: line.coverage, planYear: planYear, network: line.network, in: opening))
    return years.endIndex - 1
  }

  /// The totals including the claim's part.
  ///
  /// - Throws: `AdjudicationFailure.amount` when a total overflows 64 bits.
  func closing() throws(AdjudicationFailure) -> Accumulators {
    var totals = opening
    do {
      for year in years { try year.post(to: &totals) }
      try copay.post(to: &totals)
      try limits.post(to: &totals)
    } catch {
      throw .amount(error)
    }
    return totals
  }
}

/// A line's charge while it is divided up. What a rule takes is no longer open, and what is open at the end is paid:
/// charge = paid + Σ adjustments holds by construction, whatever the rules do.
struct LineLedger {
  let line: ServiceLine
  /// What no rule has taken yet.
  private(set) var open: Money
  private(set) var adjustments: [Adjustment] = []

  init(_ line: ServiceLine) {
    self.line = line
    open = line.charge
  }

  /// Takes no more than is open, and records nothing when the amount is zero.
  mutating func take(_ adjustment: Adjustment) throws(MoneyError) {
    var taken = adjustment
    taken.amount = min(adjustment.amount, open)
    guard taken.amount != .zero else { return }
    open = try open - taken.amount
    adjustments.append(taken)
  }

  /// Gives back part of what was taken, starting with the most recent adjustment.
  mutating func giveBack(_ amount: Money) throws(MoneyError) {
    var left = amount
    for index in adjustments.indices.reversed() where left > .zero {
      let part = min(left, adjustments[index].amount)
      adjustments[index].amount = try adjustments[index].amount - part
      left = try left - part
      open = try open + part
    }
    adjustments.removeAll { $0.amount == .zero }
  }

  /// - Throws: `BalanceError` when the charge is below zero, or a rule took an amount from the line that it may not
  ///   take.
  func settled(
    allowed: Money, network: NetworkStatus, use: BenefitUse?, credit: CostShareCredit?
  ) throws(BalanceError) -> LineDecision {
    try LineDecision(
      number: line.number, code: line.code, charge: line.charge, allowed: allowed, paid: open,
      adjustments: adjustments, isDenied: false, network: network, use: use, credit: credit)
  }
}
