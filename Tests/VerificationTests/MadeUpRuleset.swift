import ClaimsDomain
import Testing

/// A ruleset of three plans: one with embedded limits, one high-deductible plan with aggregate family limits, and one
/// with a network, limited benefits, and coordination of benefits.
extension Ruleset {
  static func madeUp() throws -> Ruleset {
    let schedule = FeeSchedule(
      name: "made-up",
      fees: [
        "99213": 150_00, "29881": 800_00, "80053": 40_00,
      ].reduce(into: [:]) { fees, fee in
        fees[FeeSchedule.Entry(code: fee.key)] = [FeeSchedule.Fee(amount: Money(cents: fee.value), effective: .always)]
      })
    var hdhp = hdhp
    hdhp.nearDuplicates = .suspend
    hdhp.edits = [.addOn]
    var tables = ReferenceTables(content: [:])
    tables.addOns = Editions([(DateRange.always, [:])])
    let plans = [ppo, hdhp, network]
    let cedar = ProviderNetwork(name: "cedar", contracts: ["1234567893": [.always]])
    return Ruleset(
      id: RulesetID("2026.1"), digest: String(repeating: "a", count: 64),
      plans: Dictionary(uniqueKeysWithValues: plans.map { ($0.id, $0) }), feeSchedules: [schedule.name: schedule],
      networks: [cedar.name: cedar], tables: tables)
  }

  private static let ppo = BenefitPlan(
    id: PlanID("PPO"), name: "PPO", version: "1",
    deductible: FamilyLimit(individual: Money(cents: 500_00), family: Money(cents: 1_000_00)),
    outOfPocketMaximum: FamilyLimit(individual: Money(cents: 2_000_00), family: Money(cents: 4_000_00)),
    coinsurance: BasisPoints(2_000),
    benefits: [
      BenefitRule(
        id: "office-visit", applies: ServiceMatch(procedures: ["99*"]), copay: Money(cents: 30_00),
        waivesDeductible: true, coinsurance: BasisPoints(0)),
      BenefitRule(id: "cosmetic", applies: ServiceMatch(procedures: ["15780"]), isCovered: false),
    ],
    costShareOrder: .deductibleFirst, timelyFilingDays: 365,
    pricing: Pricing(feeSchedule: "made-up", otherwisePercentOfCharge: BasisPoints(8_000)))

  private static let network = BenefitPlan(
    id: PlanID("NET"), name: "Network", version: "1",
    deductible: FamilyLimit(individual: Money(cents: 100_00), family: Money(cents: 200_00)),
    outOfPocketMaximum: FamilyLimit(individual: Money(cents: 1_000_00), family: Money(cents: 2_000_00)),
    coinsurance: BasisPoints(2_000),
    benefits: [
      BenefitRule(
        id: "therapy", applies: ServiceMatch(procedures: ["97*"]), waivesDeductible: true,
        limit: BenefitLimit(visits: 1, amount: Money(cents: 50_00)))
    ],
    costShareOrder: .deductibleFirst, timelyFilingDays: 365,
    pricing: Pricing(feeSchedule: "made-up", otherwisePercentOfCharge: BasisPoints(8_000)),
    outOfNetwork: OutOfNetworkTerms(
      network: "cedar",
      deductible: FamilyLimit(individual: Money(cents: 300_00), family: Money(cents: 600_00)),
      outOfPocketMaximum: FamilyLimit(individual: Money(cents: 3_000_00), family: Money(cents: 6_000_00)),
      coinsurance: BasisPoints(4_000), pricing: Pricing(feeSchedule: "made-up", otherwisePercentOfCharge: nil)),
    coordinationOfBenefits: .standard)

  private static let hdhp = BenefitPlan(
    id: PlanID("HDHP"), name: "HDHP", version: "1",
    deductible: FamilyLimit(individual: Money(cents: 1_600_00), family: Money(cents: 3_200_00), isEmbedded: false),
    outOfPocketMaximum: FamilyLimit(
      individual: Money(cents: 4_000_00), family: Money(cents: 8_000_00), isEmbedded: false),
    coinsurance: BasisPoints(1_000), benefits: [], costShareOrder: .deductibleFirst, timelyFilingDays: 365,
    pricing: Pricing(feeSchedule: "made-up", otherwisePercentOfCharge: BasisPoints(8_000)))
}

extension DateRange {
  static let always =
    DateRange(CalendarDate(parsing: "2020-01-01") ?? .openEnd, through: .openEnd) ?? DateRange(.openEnd)
}
