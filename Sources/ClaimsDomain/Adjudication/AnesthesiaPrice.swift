/// The price of anesthesia billed in minutes.
struct AnesthesiaPrice {
  let claim: SubmittedClaim
  /// How the other modifiers change the price.
  let modifiers: PricingModifiers
  /// Claims that were allowed this line's anesthesia, or a share that is not paid in addition to it.
  let allowedElsewhere: Set<ClaimIntakeID>

  /// - Throws: `AdjudicationFailure.suspended` when the plan has no price for the minutes or another anesthesia service
  ///   on the same day affects the price; `.amount` when the price overflows 64 bits.
  func price(
    _ covered: CoveredLine, by terms: AnesthesiaPricing?
  ) throws(AdjudicationFailure) -> LineProgress<PricedLine> {
    let line = covered.line
    // An unlisted code has no base units, so no rule sets its price.
    guard let terms, let factor = terms.conversionFactor(on: covered.day), line.procedure != nil,
      let table = covered.terms.tables.baseUnits[covered.day], let base = table[line.code], base > 0
    else { throw .suspended(Suspense(.unitsNotServices)) }
    let directions = terms.directions(of: line.procedure?.modifiers ?? [])
    guard let (modifier, direction) = directions.first, directions.count == 1 else {
      // Half of the price depends on who gave the anesthesia and on how many cases ran at once.
      return try .denying(
        line,
        for: Denial(
          by: .anesthesiaDirection, RuleInput("code", line.code),
          RuleInput("modifiers", directions.isEmpty ? "none" : directions.map(\.modifier).joined(separator: " "))))
    }
    // A day has no more than 1,440 minutes.
    let days = Int64((line.serviceDates.map { $0.last.days(since: $0.first) } ?? 0) + 1)
    guard line.units <= Units(thousandths: days * 1_440_000) else { throw .suspended(Suspense(.unitsNotServices)) }
    try checkDay(covered, table)
    var rate = direction.rate
    for other in line.procedure?.modifiers ?? [] where other != modifier {
      switch modifiers[other] {
      case nil: continue
      case .ownFee: throw .suspended(Suspense(.priceByReport))
      case .rate(let part): rate = BasisPoints(Rounding.halfUp.quotient(of: rate.value * part.value, by: 10_000))
      }
    }
    let time = direction.countsTime ? AnesthesiaTime(minutes: line.units) : .none
    let units = Int64(direction.baseUnits ?? base) * 10 + time.tenths
    let price = try Self.price(units: units, factor: factor, rate: rate)
    return .open(
      PricedLine(
        covered, price: price,
        by: RuleExplanation(
          .priceAnesthesia,
          [
            RuleInput("base units", direction.baseUnits ?? base), RuleInput("time units", time),
            RuleInput("minutes", line.units), RuleInput("conversion factor", factor), RuleInput("modifier", modifier),
            RuleInput("rate", rate),
          ])))
  }

  /// When several anesthesia services are given on one day, the highest base units and the total time count (Claims
  /// Processing Manual, chapter 12, section 50.E). They must arrive as one line; otherwise a person has to price them,
  /// whichever claims they are on. Anesthesia given by two providers is two shares.
  private func checkDay(_ covered: CoveredLine, _ table: AnesthesiaBaseUnits) throws(AdjudicationFailure) {
    guard AnesthesiaShare.isAnesthesia(covered.line) else { return }
    guard allowedElsewhere.isEmpty else {
      throw .suspended(Suspense(.priceByReport, beside: allowedElsewhere.sorted()))
    }
    let priced = Set(claim.revision?.prices?.map(\.line) ?? [])
    let ofDay = claim.lines.filter { other in
      AnesthesiaShare.isAnesthesia(other) && table[other.code] != nil && !priced.contains(other.number)
        && claim.serviceDates(of: other)?.overlaps(covered.days) == true
    }
    guard ofDay.count > 1 else { return }
    guard ofDay.count == 2, ofDay.allSatisfy({ $0.code == covered.line.code }),
      Set(ofDay.map { AnesthesiaShare.Part($0.procedure?.modifiers ?? []) }) == [.directing, .directed]
    else { throw .suspended(Suspense(.priceByReport)) }
  }

  /// Computes exactly until the last step, then rounds half up to the cent.
  ///
  /// - Parameter units: The units, in tenths.
  private static func price(
    units: Int64, factor: ConversionFactor, rate: BasisPoints
  ) throws(AdjudicationFailure) -> Money {
    let (ofUnits, first) = units.multipliedReportingOverflow(by: factor.scaled)
    let (product, second) = ofUnits.multipliedReportingOverflow(by: rate.value)
    guard !first, !second else { throw .amount(.overflow) }
    // 1 + 4 + 4 decimals of a dollar are seven of a cent.
    return Money(cents: Rounding.halfUp.quotient(of: product, by: 10_000_000))
  }
}
