/// A service the plan does not cover is denied: CO-96, with N130 pointing to the plan's benefit documents.
struct CoveredBenefit: DenialRule {
  func denial(of line: CoveredLine) -> Denial? {
    guard let benefit = line.benefit, !benefit.isCovered else { return nil }
    return Denial(
      .contractual, "96", remark: "N130", by: .notCovered, RuleInput("plan", line.terms.plan.id),
      RuleInput("benefit", benefit.id), RuleInput("code", line.line.code))
  }
}
