import ClaimsDomain

/// Random tables, plans and claims with few codes, so that they often interact: pairs, add-ons, units, several
/// procedures.
struct RuledClaimStream {
  private var random: SeededGenerator
  private var claims: ClaimStream
  private let hasCostShares: Bool

  private static let codes = (1...8).map { "G000\($0)" }

  init(seed: UInt64, hasCostShares: Bool = true) {
    random = SeededGenerator(seed: seed &+ 77)
    claims = ClaimStream(seed: seed)
    self.hasCostShares = hasCostShares
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  mutating func adjudicator() throws -> Adjudicator {
    var plan = Sample.plan(
      deductible: FamilyLimit(individual: .zero, family: .zero),
      coinsurance: BasisPoints(hasCostShares ? Int64.random(in: 0...5_000, using: &random) : 0),
      pricing: Pricing(
        feeSchedule: chance(40) ? "standard" : nil, otherwisePercentOfCharge: chance(70) ? BasisPoints(61_37) : nil,
        physicianFees: PhysicianFeePricing(locality: .national)))
    if hasCostShares { plan.deductible = FamilyLimit(individual: Money(cents: 90_00), family: Money(cents: 90_00)) }
    plan.edits = Set(CodeEdit.allCases.filter { _ in chance(60) })
    plan.paymentRules = chance(85) ? .medicare : nil
    plan.hasSequestration = chance(50)
    plan.authorizationRequired = chance(20) ? [ServiceMatch(procedures: ["G0008"])] : []
    plan.coordinationOfBenefits = one(of: CoordinationOfBenefits.allCases)
    let fees = try Sample.schedule(["G0001": "80", "G0002": "120.10", "G0003-LT": "9.99"])
    return Adjudicator(
      ruleset: Ruleset(
        id: Sample.ruleset, digest: "", plans: [plan.id: plan], feeSchedules: ["standard": fees], tables: try tables()))
  }

  private mutating func tables() throws -> ReferenceTables {
    let year = try Sample.days("2026-01-01", "2026-12-31")
    var tables = ReferenceTables(content: [:])
    var entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry] = [:]
    for code in Self.codes where chance(90) {
      let key = PhysicianFeeEntry.Key(code: code)
      entries[key] = entry(key)
    }
    tables.relativeValues = Editions([(year, PhysicianFeeSchedule(name: "mpfs", entries: entries))])
    let start = try Sample.day("2020-01-01")
    let pairs = (0..<4).map { _ in
      ProcedureToProcedureEdit(
        column1: one(of: Self.codes), column2: one(of: Self.codes), effective: start, deletion: nil,
        modifierIndicator: one(of: [.notAllowed, .allowed, .notApplicable]))
    }.filter { $0.column1 != $0.column2 }
    tables.pairs[.practitioner] = Editions([(year, ProcedureToProcedureEdits(pairs))])
    let units = Self.codes.map {
      MedicallyUnlikelyEdit(
        code: $0, units: Int.random(in: 1...4, using: &random),
        adjudication: one(of: MedicallyUnlikelyEdit.Adjudication.allCases))
    }
    tables.units[.practitioner] = Editions([
      (year, Dictionary(units.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }))
    ])
    let addOn = AddOnCodeEdit(
      code: "G0008", kind: one(of: AddOnCodeEdit.Kind.allCases), primaries: [one(of: Self.codes)])
    tables.addOns = Editions([(year, ["G0008": addOn])])
    tables.diagnoses = Editions([(year, CodeList(["E119", "Z0000"]))])
    tables.placesOfService = Editions([(year, CodeList(["11", "21", "22"]))])
    return tables
  }

  private mutating func entry(_ key: PhysicianFeeEntry.Key) -> PhysicianFeeEntry {
    func value() -> RelativeValue { RelativeValue(scaled: Int64.random(in: 0...300, using: &random)) }
    var indicators = PaymentPolicyIndicators()
    indicators.multipleProcedure = one(of: ["0", "2", "2", "2", "3", "3", "4", "5", "9"])
    indicators.bilateral = one(of: ["0", "1", "2", "3", "9"])
    indicators.assistant = one(of: ["0", "1", "2", "9"])
    indicators.coSurgeon = one(of: ["0", "1", "2", "9"])
    if indicators.multipleProcedure == "3" { indicators.endoscopicBase = "G0001" }
    return PhysicianFeeEntry(
      key: key,
      status: one(of: [.active, .active, .active, .active, .active, .contractorPriced, .bundled, .nonCovered]),
      work: value(), nonFacilityExpense: value(), facilityExpense: value(), malpractice: value(),
      indicators: indicators, conversionFactor: ConversionFactor(scaled: 32_3465))
  }

  mutating func claim(isPrimary: Bool = false) throws -> SubmittedClaim {
    let count = Int.random(in: 1...6, using: &random)
    let lines = try (1...count).map { number in
      let modifiers = ["LT", "RT", "50", "59", "26", "80", "62", "51", "XS"]
      let charge = chance(5) ? 0 : Int64.random(in: 1...300_00, using: &random)
      var line = try Sample.line(
        number, one(of: Self.codes), charge: Money(cents: charge).description,
        modifiers: chance(35) ? [one(of: modifiers)] : [],
        units: chance(75) ? .one : Units(Int.random(in: 1...3, using: &random)),
        place: chance(95) ? one(of: ["11", "21"]) : "98", on: chance(85) ? "2026-03-02" : "2026-03-03")
      line.diagnosisPointers = [1]
      return line
    }
    var claim = try Sample.claim(lines)
    claim.diagnoses = [chance(95) ? "E119" : "E11"]
    if !isPrimary, chance(25) { try claims.coordinate(&claim) }
    return claim
  }
}
