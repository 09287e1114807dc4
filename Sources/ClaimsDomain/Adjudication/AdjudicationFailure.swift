/// Why no decision could be made. It is never an answer about the claim: the rules or the claim are not fit to decide
/// by, and a person has to look.
package enum AdjudicationFailure: Error, Hashable, CustomStringConvertible {
  /// The member is enrolled in a plan the ruleset does not hold.
  case unknownPlan(PlanID)
  /// The plan prices by a schedule the ruleset does not hold.
  case unknownFeeSchedule(String, plan: PlanID)
  /// The plan pays by a network the ruleset does not hold.
  case unknownNetwork(String, plan: PlanID)
  /// Neither the line nor the claim says when. `ClaimValidation` refuses such a claim at intake.
  case undatedLine(Int)
  /// The claim waits for a person: for a reason that `Adjudicator.suspense` tells before, or one a rule came upon.
  case suspended(Suspense)
  case amount(MoneyError)
  case unbalanced(BalanceError)

  package var description: String {
    switch self {
    case .unknownPlan(let plan): "the ruleset holds no plan \(plan)"
    case .unknownFeeSchedule(let name, let plan): "plan \(plan) prices by fee schedule \(name), which the ruleset lacks"
    case .unknownNetwork(let name, let plan): "plan \(plan) has the network \(name), which the ruleset lacks"
    case .undatedLine(let number): "line \(number) has no date of service"
    case .suspended(let suspense): suspense.text
    case .amount(let error): error.description
    case .unbalanced(let error): error.description
    }
  }
}
