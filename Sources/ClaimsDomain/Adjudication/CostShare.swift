/// The member's share of each line, in the plan's order, and what it adds to the year's totals. Lines are settled in
/// the claim's order, each seeing what the ones before it used.
struct CostShare {
  private let opening: Accumulators
  private var years: [YearToDate] = []
  private var copay = Copay()

  init(opening: Accumulators) {
    self.opening = opening
  }

  /// - Throws: `AdjudicationFailure` when an amount leaves 64 bits.
  mutating func settle(_ line: AllowedLine) throws(AdjudicationFailure) -> LineDecision {
    var ledger = line.ledger
    do {
      try take(line.covered, from: &ledger)
    } catch {
      throw .amount(error)
    }
    do {
      return try ledger.settled(allowed: line.allowed)
    } catch {
      throw .unbalanced(error)
    }
  }

  private mutating func take(_ line: CoveredLine, from ledger: inout LineLedger) throws(MoneyError) {
    let index = yearToDate(of: line)
    for kind in line.terms.plan.costShareOrder.shares {
      let asked: MemberShare? =
        switch kind {
        case .deductible: try Deductible().share(of: ledger.open, for: line, years[index])
        case .copay: try copay.share(of: ledger.open, for: line)
        case .coinsurance: try Coinsurance().share(of: ledger.open, for: line)
        }
      guard let asked, let owed = try OutOfPocketMaximum().limit(asked, for: line, years[index]) else { continue }
      try ledger.take(owed.adjustment)
      try years[index].add(owed)
    }
  }

  private mutating func yearToDate(of line: CoveredLine) -> Int {
    let planYear = line.terms.plan.planYear(of: line.day)
    if let index = years.firstIndex(where: { $0.isFor(line.coverage, in: planYear) }) { return index }
    years.append(YearToDate(of: line.coverage, planYear: planYear, in: opening))
    return years.endIndex - 1
  }

  /// The totals with the claim's part in them.
  ///
  /// - Throws: `AdjudicationFailure.amount` when a total leaves 64 bits.
  func closing() throws(AdjudicationFailure) -> Accumulators {
    var totals = opening
    do {
      for year in years { try year.post(to: &totals) }
    } catch {
      throw .amount(error)
    }
    return totals
  }
}
