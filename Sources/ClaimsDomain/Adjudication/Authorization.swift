/// CO-197: a service the plan wants authorised beforehand, on a claim that names no authorisation (REF*G1). Whether the
/// number it names is one that was given, the office that gave it knows.
struct Authorization: DenialRule {
  let claim: SubmittedClaim

  func denial(of line: CoveredLine) -> Denial? {
    guard line.terms.plan.authorizationRequired.contains(where: { $0.matches(line.line) }),
      (claim.priorAuthorization ?? "").isEmpty
    else { return nil }
    return Denial(
      .contractual, "197", by: .authorizationMissing, RuleInput("plan", line.terms.plan.id),
      RuleInput("code", line.line.code))
  }
}
