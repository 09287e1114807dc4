/// The plan's price of a line: the fee schedule's, for each unit; else a percentage of the charge; else the service is
/// not one the plan pays for (CO-96, with N448: not in the fee schedule).
struct PlanPrice {
  /// - Throws: `AdjudicationFailure.amount` when a percentage of the charge leaves 64 bits.
  func price(_ covered: CoveredLine) throws(AdjudicationFailure) -> Passage<PricedLine> {
    let line = covered.line
    let (pricing, schedule) = covered.terms.pricing(covered.network)
    if let schedule, let fee = schedule.fee(for: line, on: covered.day) {
      // A price past 64 bits is above any charge, and the lesser of both is allowed: the charge stands for it.
      let price = (try? line.units.priced(at: fee)) ?? line.charge
      let inputs = [RuleInput("schedule", schedule.name), RuleInput("fee", fee), RuleInput("units", line.units)]
      return .open(
        PricedLine(covered: covered, price: price, explanation: RuleExplanation("price.fee-schedule", inputs)))
    }
    // No money is asked for, so there is nothing to price or to deny.
    guard line.charge != .zero else {
      return .open(PricedLine(covered: covered, price: .zero, explanation: RuleExplanation("price.no-charge")))
    }
    guard let rate = pricing.otherwisePercentOfCharge else {
      let denial = Denial(
        .contractual, "96", remark: "N448", by: "price.not-listed", RuleInput("code", line.code),
        RuleInput("schedule", pricing.feeSchedule ?? "none"))
      return try .denying(line, for: denial)
    }
    do {
      let inputs = [RuleInput("rate", rate), RuleInput("charge", line.charge)]
      let explanation = RuleExplanation("price.percent-of-charge", inputs)
      return .open(PricedLine(covered: covered, price: try rate.of(line.charge), explanation: explanation))
    } catch {
      throw .amount(error)
    }
  }
}
