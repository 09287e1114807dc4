import ClaimsDomain
import Testing

/// Fictional plans, people and claims, which tests vary.
enum Sample {
  static let member = MemberID("M1")
  static let family = FamilyID("M1")
  static let plan = PlanID("PLAN")
  static let ruleset = RulesetID("rules-1")

  static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  static func days(_ first: String, _ last: String) throws -> DateRange {
    try #require(DateRange(day(first), through: day(last)))
  }

  static func money(_ text: String) throws -> Money { try Money(parsing: text) }

  /// Makes a plan that pays every charge in full, unless a parameter changes that.
  static func plan(
    deductible: FamilyLimit = FamilyLimit(individual: .zero, family: .zero),
    maximum: FamilyLimit = FamilyLimit(individual: .claimLimit, family: .claimLimit),
    coinsurance: BasisPoints = BasisPoints(0), benefits: [BenefitRule] = [],
    order: CostShareOrder = .deductibleFirst, timelyFilingDays: Int = 365,
    pricing: Pricing = Pricing(feeSchedule: nil, otherwisePercentOfCharge: .whole),
    outOfNetwork: OutOfNetworkTerms? = nil
  ) -> BenefitPlan {
    BenefitPlan(
      id: plan, name: "Sample", version: "1", deductible: deductible, outOfPocketMaximum: maximum,
      coinsurance: coinsurance, benefits: benefits, costShareOrder: order, timelyFilingDays: timelyFilingDays,
      pricing: pricing, outOfNetwork: outOfNetwork)
  }

  /// Makes a schedule with one fee per code, effective forever.
  static func schedule(_ fees: [String: String]) throws -> FeeSchedule {
    let always = try days("1900-01-01", "9999-12-31")
    return FeeSchedule(
      name: "standard",
      fees: try Dictionary(
        uniqueKeysWithValues: fees.map { code, amount in
          let parts = code.split(separator: "-").map(String.init)
          let entry = FeeSchedule.Entry(code: parts[0], modifiers: Array(parts.dropFirst()))
          return (entry, [FeeSchedule.Fee(amount: try money(amount), effective: always)])
        }))
  }

  static func coverage(
    _ first: String = "2026-01-01", _ last: String = "2026-12-31", member: MemberID = member,
    coversFamily: Bool = false
  ) throws -> Coverage {
    Coverage(
      memberID: member, familyID: family, planID: plan, effective: try days(first, last), coversFamily: coversFamily)
  }

  static func line(
    _ number: Int = 1, _ code: String = "G0463", charge: String, modifiers: [String] = [], units: Units = .one,
    place: String = "11", revenue: String? = nil, on first: String = "2026-03-02", through last: String? = nil
  ) throws -> ServiceLine {
    ServiceLine(
      number: number, procedure: code.isEmpty ? nil : ProcedureCode(code: code, modifiers: modifiers),
      revenueCode: revenue, charge: try money(charge), units: units, placeOfService: place,
      serviceDates: try days(first, last ?? first))
  }

  static func claim(_ lines: [ServiceLine], number: String = "C1", member: MemberID = member) throws -> SubmittedClaim {
    SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(number), payer: Payer(id: PayerID("PAYER"), name: "Payer"),
      facilityCode: "11", charge: try lines.map(\.charge).total(),
      billingProvider: Provider(name: "Clinic", npi: "1234567893"),
      subscriber: Subscriber(memberID: member, name: PersonName(last: "Quennell", first: "Marisol")),
      patient: .subscriber, lines: lines, digest: String(repeating: "0", count: 64))
  }
}
