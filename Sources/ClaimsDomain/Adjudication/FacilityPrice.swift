/// Prices a facility's lines by its contract: a per diem, a percentage of the charge, or inclusion in the per diem of
/// another line. DRG contracts are not supported.
struct FacilityPrice {
  let claim: SubmittedClaim

  /// Returns nil when no term of the contract applies to the line.
  ///
  /// - Throws: `AdjudicationFailure.amount` when an amount overflows 64 bits.
  func price(
    _ covered: CoveredLine, by contracts: [FacilityContract]
  ) throws(AdjudicationFailure) -> LineProgress<PricedLine>? {
    let line = covered.line
    for contract in contracts where contract.matches(line, of: claim) {
      switch contract.rate {
      case .perDiem(let rate):
        let days = try coveredDays(line, by: contracts)
        let inputs = [
          RuleInput("contract", contract.id), RuleInput("per diem", rate), RuleInput("covered days", days),
        ]
        let price = (try? days.priced(at: rate)) ?? line.charge
        return .open(PricedLine(covered, price: price, by: RuleExplanation(.contractPerDiem, inputs)))
      case .percentOfCharge(let rate):
        let inputs = [RuleInput("contract", contract.id), RuleInput("rate", rate), RuleInput("charge", line.charge)]
        do {
          let price = try rate.of(line.charge)
          return .open(PricedLine(covered, price: price, by: RuleExplanation(.contractPercentOfCharge, inputs)))
        } catch {
          throw .amount(error)
        }
      case .includedInPerDiem:
        guard let room = lineWithPerDiem(besides: line, by: contracts) else { continue }
        let denial = Denial(
          by: .includedInPerDiem, RuleInput("contract", contract.id),
          RuleInput("per diem of line", room.number))
        return try .denying(line, for: denial)
      }
    }
    return nil
  }

  /// The days that a line bills (SV205), limited to the days of the stay and to the covered days that the claim states.
  ///
  /// The day of discharge is not a day of the stay (Claims Processing Manual, chapter 3, section 40.2.2). If the
  /// patient has not been discharged, the last day of the statement counts.
  ///
  /// - Throws: `AdjudicationFailure.suspended` when the claim has days that are not covered and does not say how many.
  private func coveredDays(
    _ line: ServiceLine, by contracts: [FacilityContract]
  ) throws(AdjudicationFailure) -> Units {
    guard let dates = claim.statementDates ?? line.serviceDates else { return line.units }
    let stay = claim.stay ?? FacilityStay()
    guard stay.hasNoncoveredSpan != true || stay.coveredDays != nil else { throw .suspended(Suspense(.priceByReport)) }
    let nights = max(1, dates.last.days(since: dates.first) + (stay.patientStatus == "30" ? 1 : 0))
    let covered = stay.coveredDays ?? max(0, nights - (stay.noncoveredDays ?? 0))
    // A day in two rooms is one day, so the days that earlier lines use are no longer available.
    var left = Units(min(nights, covered)).thousandths
    for earlier in claim.lines.prefix(while: { $0.number != line.number }) where isPerDiem(earlier, by: contracts) {
      left -= min(left, earlier.units.thousandths)
    }
    return min(line.units, Units(thousandths: left))
  }

  private func isPerDiem(_ line: ServiceLine, by contracts: [FacilityContract]) -> Bool {
    guard let first = contracts.first(where: { $0.matches(line, of: claim) }), case .perDiem = first.rate else {
      return false
    }
    return true
  }

  private func lineWithPerDiem(besides line: ServiceLine, by contracts: [FacilityContract]) -> ServiceLine? {
    claim.lines.first { $0.number != line.number && isPerDiem($0, by: contracts) }
  }
}
