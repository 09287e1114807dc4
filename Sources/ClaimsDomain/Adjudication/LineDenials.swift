/// A claim that is filed too late is the provider's loss, not the member's: CO-29. The plan sets the limit, in days or
/// in calendar years. It runs from the claim's last date of service to the day we received the claim, as in 42 CFR
/// 424.44 for Medicare. For a claim that other payers had to decide first, it runs from the day of the last of those
/// decisions if that is later.
struct TimelyFiling: DenialRule {
  let claim: SubmittedClaim
  let received: CalendarDate

  func denial(of line: CoveredLine) -> Denial? {
    guard let lastService = claim.lastDateOfService, !line.waived.contains(.wait(.lateReplacement)) else { return nil }
    let decided = claim.payersBefore.compactMap(\.decidedOn).max()
    let start = max(lastService, decided ?? lastService)
    var inputs = [RuleInput("last date of service", lastService)]
    if let decided, decided > lastService { inputs.append(RuleInput("other payer decided", decided)) }
    inputs.append(RuleInput("received", received))
    if let years = line.terms.plan.timelyFilingYears {
      guard received > start.adding(years: years) else { return nil }
      inputs.append(RuleInput("limit in years", years))
    } else {
      let (days, limit) = (received.days(since: start), line.terms.plan.timelyFilingDays)
      guard days > limit else { return nil }
      inputs += [RuleInput("days", days), RuleInput("limit in days", limit)]
    }
    var denial = Denial(by: .timelyFiling)
    denial.explanation.inputs = inputs
    return denial
  }
}

extension Array where Element == LineProgress<CoveredLine> {
  /// Denies what the plan does not pay for, in this order.
  ///
  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func deniedByPlan(of claim: SubmittedClaim) throws(AdjudicationFailure) -> [LineProgress<CoveredLine>] {
    try denied(where: Authorization(claim: claim))
      .denied(where: CoveredBenefit())
  }
}

/// CO-197: A service that requires prior authorization, on a claim that names no authorization (REF*G1). This rule does
/// not verify that the number was actually issued.
struct Authorization: DenialRule {
  let claim: SubmittedClaim

  func denial(of line: CoveredLine) -> Denial? {
    guard line.terms.plan.authorizationRequired.contains(where: { $0.matches(line.line) }),
      (claim.priorAuthorization ?? "").isEmpty
    else { return nil }
    return Denial(
      by: .authorizationMissing, RuleInput("plan", line.terms.plan.id),
      RuleInput("code", line.line.code))
  }
}

/// A service that the plan does not cover is denied: CO-96, with N130 pointing to the plan's benefit documents.
struct CoveredBenefit: DenialRule {
  func denial(of line: CoveredLine) -> Denial? {
    guard let benefit = line.benefit, !benefit.isCovered else { return nil }
    return Denial(
      by: .benefitNotCovered, RuleInput("plan", line.terms.plan.id),
      RuleInput("benefit", benefit.id), RuleInput("code", line.line.code))
  }
}

/// A denial of a claim that no rule needs to examine: a person has denied it, its provider has voided it or only
/// reports it, or it is a test.
struct WholeClaimDenial {
  private let denial: Denial

  /// Returns nil for a claim that the rules decide.
  init?(of claim: SubmittedClaim) {
    if let chosen = claim.revision?.denial {
      denial = Denial(chosen: chosen.group, chosen.reason, remark: chosen.remark)
    } else if claim.isVoid {
      // The provider requests nothing, and no CARC says that. A1 is the plain denial; MA67 says that it corrects a
      // prior claim.
      denial = Denial(by: .claimVoid, RuleInput("frequency code", claim.frequency.code))
    } else if claim.isTest == true {
      denial = Denial(by: .testData, RuleInput("usage (ISA15)", "T"))
    } else if claim.purpose == .encounter {
      denial = Denial(by: .encounter, RuleInput("purpose (BHT06)", ClaimPurpose.encounter.rawValue))
    } else {
      return nil
    }
  }

  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func deny(_ lines: [ServiceLine]) throws(AdjudicationFailure) -> [LineDecision] {
    try lines.map { line throws(AdjudicationFailure) in
      do throws(BalanceError) {
        return try LineDecision(denying: line, for: denial)
      } catch {
        throw .unbalanced(error)
      }
    }
  }
}
