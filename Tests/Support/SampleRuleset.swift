package import ClaimsDomain

/// A small plan with one rule of each kind, for tests that are not about plans.
package enum SampleRuleset {
  package static let planID = PlanID("TEST")

  package static func make(
    id: String = "test-1", coinsurance: Int64 = 2_000, nearDuplicates: NearDuplicates? = nil,
    promptPay: PromptPay? = nil, covers everything: Bool = false, edits: Set<CodeEdit> = [],
    tables: ReferenceTables = .none
  ) -> Ruleset {
    var plan = BenefitPlan(
      id: planID, name: "Test plan", version: "1",
      deductible: FamilyLimit(individual: Money(cents: 50_000), family: Money(cents: 100_000)),
      outOfPocketMaximum: FamilyLimit(individual: Money(cents: 200_000), family: Money(cents: 400_000)),
      coinsurance: BasisPoints(coinsurance),
      benefits: [
        BenefitRule(
          id: "office-visit", applies: ServiceMatch(procedures: ["G0463"]), copay: Money(cents: 3_000),
          waivesDeductible: true, coinsurance: BasisPoints(0)),
        BenefitRule(
          id: "preventive", applies: ServiceMatch(procedures: ["G0438"]), waivesDeductible: true,
          coinsurance: BasisPoints(0)),
        BenefitRule(id: "not-covered", applies: ServiceMatch(procedures: ["A9270"]), isCovered: everything),
      ],
      costShareOrder: .deductibleFirst, timelyFilingDays: 365,
      pricing: Pricing(feeSchedule: nil, otherwisePercentOfCharge: BasisPoints(8_000)))
    plan.nearDuplicates = nearDuplicates
    plan.promptPay = promptPay
    plan.edits = edits
    return Ruleset(
      id: RulesetID(id), digest: String(repeating: "0", count: 64), plans: [planID: plan], feeSchedules: [:],
      tables: tables)
  }
}
