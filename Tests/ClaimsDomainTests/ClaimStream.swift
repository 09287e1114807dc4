import ClaimsDomain

/// Random plans, families and claims with many edge cases: limits that are soon reached, repeated lines, days at the
/// edge of coverage, charges of zero, benefits with limits, and providers in and out of the network.
struct ClaimStream {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private mutating func amount(upTo cents: Int64) -> Money { Money(cents: Int64.random(in: 0...cents, using: &random)) }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func limit(upTo cents: Int64) throws -> FamilyLimit {
    let individual = amount(upTo: cents)
    return FamilyLimit(individual: individual, family: try individual + amount(upTo: cents), isEmbedded: chance(60))
  }

  mutating func plan() throws -> BenefitPlan {
    let visit = BenefitRule(
      id: "visit", applies: ServiceMatch(placesOfService: ["11"]), copay: amount(upTo: 50_00),
      waivesDeductible: chance(50), coinsurance: chance(50) ? BasisPoints(0) : nil,
      isProtectedFromBalanceBilling: chance(10))
    let equipment = BenefitRule(
      id: "equipment", applies: ServiceMatch(procedures: ["E*"]),
      limit: chance(50) ? BenefitLimit(amount: amount(upTo: 300_00)) : nil)
    let drugs = BenefitRule(
      id: "drugs", applies: ServiceMatch(procedures: ["J*"]),
      limit: BenefitLimit(visits: chance(70) ? Int.random(in: 1...4, using: &random) : nil, amount: amount(upTo: 9_00)))
    let excluded = BenefitRule(id: "excluded", applies: ServiceMatch(procedures: ["V5*"]), isCovered: false)
    var plan = Sample.plan(
      deductible: try limit(upTo: 500_00), maximum: try limit(upTo: 1_500_00),
      coinsurance: BasisPoints(Int64.random(in: 0...10_000, using: &random)),
      benefits: [excluded, equipment, drugs, visit],
      order: chance(50) ? .deductibleFirst : .copayFirst, timelyFilingDays: 200,
      pricing: Pricing(feeSchedule: "standard", otherwisePercentOfCharge: chance(70) ? BasisPoints(61_37) : nil),
      outOfNetwork: chance(60) ? try outOfNetwork() : nil)
    plan.coordinationOfBenefits = CoordinationOfBenefits.allCases.randomElement(using: &random)
    return plan
  }

  private mutating func outOfNetwork() throws -> OutOfNetworkTerms {
    OutOfNetworkTerms(
      network: "network", deductible: try limit(upTo: 500_00), outOfPocketMaximum: try limit(upTo: 1_500_00),
      coinsurance: BasisPoints(Int64.random(in: 0...10_000, using: &random)),
      pricing: Pricing(feeSchedule: "standard", otherwisePercentOfCharge: BasisPoints(40_00)))
  }

  /// Makes a family of one to four people, covered for most of 2026.
  mutating func family() throws -> [Coverage] {
    let count = Int.random(in: 1...4, using: &random)
    return try (1...count).map {
      try Sample.coverage("2026-02-01", "2026-11-30", member: MemberID("M\($0)"), coversFamily: count > 1)
    }
  }

  mutating func claim(of member: MemberID) throws -> SubmittedClaim {
    let count = Int.random(in: 1...5, using: &random)
    var claim = try Sample.claim(try (1...count).map { try line($0) }, member: member)
    if chance(40) { claim.billingProvider.npi = "1111111112" }
    if chance(25) { try coordinate(&claim) }
    return claim
  }

  private mutating func line(_ number: Int) throws -> ServiceLine {
    let codes = ["G0463", "G0439", "J1885", "E0601", "V5010", "T1015"]
    let month = Int.random(in: 1...12, using: &random)
    return try Sample.line(
      number, codes.randomElement(using: &random) ?? "G0463",
      charge: chance(8) ? "0" : amount(upTo: 400_00).description, modifiers: chance(20) ? ["76"] : [],
      units: Units(thousandths: Int64.random(in: 1...4_000, using: &random)),
      place: chance(60) ? "11" : "22", on: "2026-\(month < 10 ? "0" : "")\(month)-15")
  }

  /// Adds the decisions of other payers to a claim: one payer, and sometimes a second one.
  mutating func coordinate(_ claim: inout SubmittedClaim) throws {
    let payers = chance(70) ? ["FIRST"] : ["FIRST", "SECOND"]
    var paid = Dictionary(uniqueKeysWithValues: payers.map { ($0, Money.zero) })
    for index in claim.lines.indices {
      claim.lines[index].otherPayers = try payers.map { payer in
        let charge = claim.lines[index].charge
        let share = amount(upTo: charge.cents)
        let left = amount(upTo: try (charge - share).cents)
        paid[payer] = try (paid[payer] ?? .zero) + share
        return OtherPayerLine(
          payer: PayerID(payer), paid: share,
          adjustments: [
            OtherPayerAdjustment(group: "PR", reason: "2", amount: left),
            OtherPayerAdjustment(group: "CO", reason: "45", amount: try charge - share - left),
          ])
      }
    }
    claim.payerSequence = payers.count == 1 ? .secondary : .tertiary
    claim.otherPayers = payers.map { OtherPayer(id: PayerID($0), sequence: .primary, paid: paid[$0]) }
  }

  mutating func duplicates(in claim: SubmittedClaim) -> Set<Int> {
    Set(claim.lines.map(\.number).filter { _ in chance(10) })
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &random) }
}
