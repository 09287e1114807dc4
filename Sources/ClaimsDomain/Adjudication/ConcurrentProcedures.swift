/// Prices the open lines of a claim together: bilateral, endoscopy, multiple procedures, assistant surgeon, and
/// co-surgeon, by the plan's rates. One claim comes from one physician, or from one group of one specialty.
struct ConcurrentProcedures {
  /// - Throws: `AdjudicationFailure.suspended` when a person has to review the claim; `.amount` when an amount
  ///   overflows 64 bits.
  func price(_ lines: [LineProgress<PricedLine>]) throws(AdjudicationFailure) -> [LineProgress<PricedLine>] {
    guard lines.contains(where: { $0.line.map { $0.covered.terms.plan.paymentRules != nil } ?? false }) else {
      return lines
    }
    // A price that a person set for one line determines nothing about the others.
    let reduced = ComponentReduction.reduced(among: lines.compactMap(\.line).compactMap(\.reducible))
    let unpriced = lines.open().filter { $0.procedure != nil }.map(\.covered.line.number).filter(reduced.contains)
    guard unpriced.isEmpty else { throw .suspended(Suspense(.componentReduction, lines: unpriced)) }
    var ruled: [Int: RuledLine] = [:]
    let open = lines.open().filter { $0.procedure != nil && $0.covered.terms.plan.paymentRules != nil }
    let unclear = Self.partlyTogether(open)
    guard unclear.isEmpty else { throw .suspended(Suspense(.priceByReport, lines: unclear)) }
    for (_, lines) in Dictionary(grouping: open, by: \.covered.coverage.planID) {
      guard let rates = lines[0].covered.terms.plan.paymentRules else { continue }
      let procedures = lines.compactMap(\.procedure)
      do {
        ruled.merge(try PaymentRules(rates: rates).apply(to: procedures)) { first, _ in first }
      } catch {
        throw .amount(error)
      }
    }
    // Chooses the first line by number, so the order of the lines does not affect the result.
    let waived = lines.compactMap(\.line).first?.covered.waived ?? []
    let reviews = ruled.values.sorted(by: { $0.number < $1.number }).compactMap { line in
      line.review.map { (reason: SuspenseReason($0), line: line.number) }
    }
    // A missing price has to be set; it cannot be waived.
    if let review = reviews.first(where: { $0.reason.remedy == .price || !waived.contains(.wait($0.reason)) }) {
      throw .suspended(
        Suspense(review.reason, lines: reviews.filter { $0.reason == review.reason }.map(\.line)))
    }
    return try lines.onward { priced throws(AdjudicationFailure) in
      guard let answer = ruled[priced.covered.line.number] else { return .open(priced) }
      if case .denied(let denial) = answer.outcome { return try .denying(priced.covered.line, for: denial) }
      var priced = priced
      priced.ruled = answer
      return .open(priced)
    }
  }

  /// The numbers of procedures that reduce one another on a day (MULT PROC other than 0 and 9) when one of them also
  /// spans days that the other does not. The claim does not say how much of it was given together with the other.
  private static func partlyTogether(_ lines: [PricedLine]) -> [Int] {
    let reducing = lines.filter { !["0", "9"].contains($0.procedure?.indicators.multipleProcedure ?? "9") }
      .map(\.covered)
    return reducing.filter { line in
      reducing.contains { $0.days != line.days && $0.days.overlaps(line.days) }
    }.map(\.line.number)
  }
}

extension SuspenseReason {
  fileprivate init(_ review: RuledLine.Review) {
    switch review {
    case .moreThanFiveProcedures: self = .moreThanFiveProcedures
    case .surgeonDocumentation: self = .surgeonDocumentation
    case .byReport: self = .priceByReport
    }
  }
}

extension PricedLine {
  /// The line as component reduction sees it; nil when the payment rules don't apply and no person has set the price.
  fileprivate var reducible: ComponentReduction.Line? {
    guard covered.terms.plan.paymentRules != nil else { return nil }
    var indicators = procedure?.indicators
    if explanation.rule == .pricedByPerson, let procedure = covered.line.procedure {
      indicators = covered.terms.tables.relativeValues[covered.day]?.entry(for: procedure)?.indicators
    }
    return indicators.map {
      ComponentReduction.Line(
        number: covered.line.number, day: covered.day, units: covered.line.units, indicator: $0.multipleProcedure)
    }
  }
}

/// The plan allows its price or the charge, whichever is less. The amount charged above the price is written off by
/// contract: CO-45, or CO-59 for what the multiple-procedure rules took. An out-of-network provider has no contract and
/// bills the excess to the member: PR-45, balance billing, which is not cost sharing and counts toward nothing (45 CFR
/// 155.20, "cost sharing").
struct LesserOfCharge {
  /// - Throws: `AdjudicationFailure.amount` when the difference overflows 64 bits.
  func allow(_ priced: PricedLine) throws(AdjudicationFailure) -> LineProgress<AllowedLine> {
    let line = priced.covered.line
    var ledger = LineLedger(line)
    let allowed: Money
    do {
      if let part = line.nonCovered {
        try ledger.take(
          Adjustment(amount: part, by: RuleExplanation(.reportedNonCovered, [RuleInput("non-covered", part)])))
      }
      allowed = min(priced.ruled?.allowed ?? priced.price, ledger.open)
      let excess = try ledger.open - allowed
      switch (priced.covered.network, priced.covered.prior) {
      case (.inNetwork, _):
        for adjustment in try writtenOff(of: priced, excess: excess) { try ledger.take(adjustment) }
      case (.outOfNetwork, let prior):
        // What the payers before us settled is not billed to the member again.
        let billed = min(excess, max(.zero, try (prior?.memberOwes ?? line.charge) - allowed))
        try ledger.take(Adjustment(.balanceBilled, amount: billed, by: priced.fullExplanation))
        try ledger.take(Adjustment(.otherPayers, amount: excess - billed, by: priced.fullExplanation))
      }
    } catch {
      throw .amount(error)
    }
    return .open(AllowedLine(covered: priced.covered, ledger: ledger, allowed: allowed))
  }

  private func writtenOff(of priced: PricedLine, excess: Money) throws(MoneyError) -> [Adjustment] {
    // The multiple-procedure rules don't consider charges that are not covered.
    guard let ruled = priced.ruled, priced.covered.line.nonCovered == nil else {
      return [Adjustment(.writtenOff, amount: excess, by: priced.explanation)]
    }
    return try ruled.adjustments(of: priced.covered.line.charge, price: priced.explanation)
  }
}

extension PricedLine {
  /// The explanation, including the inputs of the multiple-procedure rules.
  fileprivate var fullExplanation: RuleExplanation {
    RuleExplanation(explanation.rule, explanation.inputs + (ruled?.explanations.flatMap(\.inputs) ?? []))
  }
}
