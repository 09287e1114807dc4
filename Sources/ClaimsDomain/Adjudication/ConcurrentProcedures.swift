/// Prices the open lines of a claim beside each other: bilateral, endoscopy, multiple procedures, assistant and
/// co-surgeon, by the rates of the plan. One claim is one physician's, or one group's of one specialty.
struct ConcurrentProcedures {
  /// - Throws: `AdjudicationFailure.suspended` where a person has to look, `.amount` when an amount leaves 64 bits.
  func price(_ lines: [Passage<PricedLine>]) throws(AdjudicationFailure) -> [Passage<PricedLine>] {
    guard lines.contains(where: { $0.line.map { $0.covered.terms.plan.paymentRules != nil } ?? false }) else {
      return lines
    }
    // The price that a person has set of one says nothing of the others.
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
    // The first by number, so that the order of the lines does not show in the answer.
    let waived = lines.compactMap(\.line).first?.covered.waived ?? []
    let reviews = ruled.values.sorted(by: { $0.number < $1.number }).compactMap { line in
      line.review.map { (reason: SuspenseReason($0), line: line.number) }
    }
    // A price is set, and never done without.
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

  /// The numbers of procedures that reduce one another on a day (MULT PROC other than 0 and 9), and of which one also spans
  /// days that the other does not: how much of it was given beside the other, the claim does not say.
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
  /// As services reduce one another by component; nil where the payment rules have no say and no person has set the price.
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

/// The plan allows its price or the charge, whichever is less. What a provider charges above the price is written off
/// by contract: CO-45, and CO-59 what the rules for several procedures took. A provider out of the network has no
/// contract, and bills it to the member: PR-45, balance billing, which is no cost sharing and counts to nothing
/// (45 CFR 155.20, "cost sharing").
struct LesserOfCharge {
  /// - Throws: `AdjudicationFailure.amount` when the difference leaves 64 bits.
  func allow(_ priced: PricedLine) throws(AdjudicationFailure) -> Passage<AllowedLine> {
    let line = priced.covered.line
    var ledger = LineLedger(line)
    let allowed: Money
    do {
      if let part = line.nonCovered {
        try ledger.take(
          Adjustment(
            .contractual, "96", amount: part, by: RuleExplanation(.nonCovered, [RuleInput("non-covered", part)])))
      }
      allowed = min(priced.ruled?.allowed ?? priced.price, ledger.open)
      let excess = try ledger.open - allowed
      switch (priced.covered.network, priced.covered.prior) {
      case (.inNetwork, _):
        for adjustment in try writtenOff(of: priced, excess: excess) { try ledger.take(adjustment) }
      case (.outOfNetwork, let prior):
        // What the payers before us settled is not billed to the member again.
        let billed = min(excess, max(.zero, try (prior?.memberOwes ?? line.charge) - allowed))
        try ledger.take(Adjustment(.patientResponsibility, "45", amount: billed, by: priced.fullExplanation))
        try ledger.take(Adjustment(.other, "23", amount: excess - billed, by: priced.fullExplanation))
      }
    } catch {
      throw .amount(error)
    }
    return .open(AllowedLine(covered: priced.covered, ledger: ledger, allowed: allowed))
  }

  private func writtenOff(of priced: PricedLine, excess: Money) throws(MoneyError) -> [Adjustment] {
    // What the provider does not charge for is out of the rules' sight.
    guard let ruled = priced.ruled, priced.covered.line.nonCovered == nil else {
      return [Adjustment(.contractual, "45", amount: excess, by: priced.explanation)]
    }
    return try ruled.adjustments(of: priced.covered.line.charge, price: priced.explanation)
  }
}

extension PricedLine {
  /// With what the rules for several procedures looked at.
  fileprivate var fullExplanation: RuleExplanation {
    RuleExplanation(explanation.rule, explanation.inputs + (ruled?.explanations.flatMap(\.inputs) ?? []))
  }
}
