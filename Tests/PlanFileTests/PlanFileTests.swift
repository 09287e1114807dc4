import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Plan files")
struct PlanFileTests {
  private func read(_ text: String) throws -> BenefitPlan {
    try PlanFile(Samples.file("tiny.yaml", text), feeSchedules: ["standard"]).plan()
  }

  @Test("Are read completely")
  func everything() throws {
    let plan = try read(Samples.plan)
    let hundred = try Money(parsing: "100")
    #expect(
      plan
        == BenefitPlan(
          id: PlanID("TINY"), name: "Tiny plan", version: "1",
          deductible: FamilyLimit(individual: hundred, family: try hundred * 2),
          outOfPocketMaximum: FamilyLimit(individual: try hundred * 10, family: try hundred * 20),
          coinsurance: BasisPoints(12_50),
          benefits: [
            BenefitRule(
              id: "visit", applies: ServiceMatch(placesOfService: ["11"]), copay: try Money(parsing: "25.50"),
              waivesDeductible: true),
            BenefitRule(
              id: "excluded", applies: ServiceMatch(procedures: ["V5*"], revenueCodes: ["0450"]), isCovered: false),
          ],
          costShareOrder: .copayFirst, timelyFilingDays: 90,
          pricing: Pricing(feeSchedule: "standard", otherwisePercentOfCharge: BasisPoints(60_00))))
  }

  @Test(
    "With a mistake are refused with line and reason",
    arguments: [
      (
        "coinsurance:", "coinsurence:",
        "tiny.yaml:12:1: unknown key \"coinsurence\" in the plan; did you mean \"coinsurance\"?"
      ),
      ("    copay:", "    co_pay:", "tiny.yaml:22:5: unknown key \"co_pay\" in a benefit; did you mean \"copay\"?"),
      ("name: Tiny plan\n", "", "tiny.yaml:1:1: the plan has no \"name\"; add it"),
      ("  family: 200.00\n", "", "tiny.yaml:5:3: deductible has no \"family\"; add it"),
      (
        "individual: 100.00", "individual: 1OO",
        "tiny.yaml:5:15: individual must be an amount from 0.00 to 99999999.99, such as 1500 or 1500.00, not \"1OO\""
      ),
      (
        "individual: 100.00", "individual: -100",
        "tiny.yaml:5:15: individual must be an amount from 0.00 to 99999999.99, such as 1500 or 1500.00, not \"-100\""
      ),
      (
        "coinsurance: 12.5%", "coinsurance: 0.125",
        "tiny.yaml:12:14: coinsurance must be a percentage from 0% to 100% with at most two decimals, such as 20%, not \"0.125\""
      ),
      (
        "coinsurance: 12.5%", "coinsurance: 120%",
        "tiny.yaml:12:14: coinsurance must be a percentage from 0% to 100% with at most two decimals, such as 20%, not \"120%\""
      ),
      (
        "coinsurance: 12.5%", "coinsurance: [1]",
        "tiny.yaml:12:14: coinsurance must be a percentage from 0% to 100% with at most two decimals, such as 20%"
      ),
      (
        "embedded: true\ncoinsurance", "embedded: maybe\ncoinsurance",
        "tiny.yaml:11:13: embedded must be true or false, not \"maybe\""
      ),
      (
        "timely_filing_days: 90", "timely_filing_days: 0",
        "tiny.yaml:14:21: timely_filing_days must be a whole number of days from 1 to 3660, not \"0\""
      ),
      (
        "copay-first", "copay",
        "tiny.yaml:13:19: cost_share_order must be copay-first or deductible-first, not \"copay\""
      ),
      ("name: Tiny plan", "name:", "tiny.yaml:2:6: name must be a text, but nothing is written"),
      (
        "places_of_service: [\"11\"]", "places_of_service: 11",
        "tiny.yaml:21:26: places_of_service must be a list; write [A, B], or a line with - for each"
      ),
      (
        "[V5*]", "[v5*]",
        "tiny.yaml:26:20: each of procedures must be a code such as G0463, or the beginning of codes such as J*, not \"v5*\""
      ),
      (
        "places_of_service: [\"11\"]", "procedures: []",
        "tiny.yaml:21:7: applies matches every line; name procedures, revenue_codes or places_of_service"
      ),
      (
        "id: excluded", "id: visit",
        "tiny.yaml:24:9: benefit \"visit\" is there twice; explanations name benefits by id"
      ),
      (
        "    covered: false", "    covered: false\n    copay: 5",
        "tiny.yaml:28:14: benefit \"excluded\" is not covered, yet shares its cost"
      ),
      (
        "version: \"1\"", "version: \"1\"\nname: Other",
        "tiny.yaml:4: key \"name\" is there twice, first on line 2; keep one of them"
      ),
      (
        "  family: 200.00", "  family: 20.00",
        "tiny.yaml:6:11: deductible: the family's limit is below that of one member"
      ),
      (
        "individual: 100.00\n  family: 200.00", "individual: 1000.01\n  family: 1500.00",
        "tiny.yaml:5:3: the deductible is above the out-of-pocket maximum; a deductible counts to it"
      ),
      (
        "fee_schedule: standard", "fee_schedule: standrad",
        "tiny.yaml:16:17: there is no fee schedule \"standrad\"; did you mean \"standard\"?"
      ),
      (
        "deductible:\n", "deductible: 100\nunused:\n",
        "tiny.yaml:4:13: deductible must be keys with values\ntiny.yaml:5:1: unknown key \"unused\" in the plan; known are authorization_required, benefits, coinsurance, coordination_of_benefits, cost_share_order, deductible, edits, id, name, near_duplicates, out_of_network, out_of_pocket_maximum, payment_rules, pricing, prompt_pay, sequestration, timely_filing_days, timely_filing_years, version"
      ),
      (
        "pricing:", "prompt_pay: {days: 30}\npricing:",
        "tiny.yaml:15:13: prompt_pay has no rates; give each a day and a percentage: {from, annual}"
      ),
      (
        "pricing:", "prompt_pay: {days: 30, rates: [{from: 2023-01-01, annual: 4.625}]}\npricing:",
        "tiny.yaml:15:59: annual must be a percentage from 0% to 100% with at most three decimals, such as 4.625%, not \"4.625\""
      ),
      (
        "pricing:", "near_duplicates: deny\npricing:",
        "tiny.yaml:15:18: near_duplicates must be suspend, not \"deny\""
      ),
      (
        "name: Tiny plan", "name: Tiny: plan",
        "tiny.yaml:2:11: not YAML here: mapping values are not allowed in this context; check indentation, colons and quotes"
      ),
    ])
  func mistakes(original: String, edit: String, refusal: String) throws {
    let text = Samples.plan.replacing(original, with: edit, maxReplacements: 1)
    try #require(text != Samples.plan)
    let error = try #require(throws: PlanFileError.self) { try read(text) }
    #expect(error.description == refusal)
  }

  @Test("State whether a near duplicate waits for a person; by default it does not")
  func nearDuplicates() throws {
    #expect(try read(Samples.plan).nearDuplicates == nil)
    #expect(try read(Samples.plan + "near_duplicates: suspend\n").nearDuplicates == .suspend)
    #expect(try read(Samples.plan).promptPay == nil)
    let rate = PromptPayRate(
      from: try #require(CalendarDate(parsing: "2023-01-01")), percent: AnnualRate(scaled: 4_625))
    let promptPay = "prompt_pay: {days: 45, year: 360, rates: [{from: 2023-01-01, annual: 4.625 %}]}\n"
    #expect(
      try read(Samples.plan + promptPay).promptPay == PromptPay(days: 45, yearLength: .banking, rates: [rate]))
  }

  @Test("Without a plan are refused", arguments: ["", "# nothing\n", "- a list\n", "just text\n"])
  func noPlan(text: String) {
    #expect(throws: PlanFileError.self) { try read(text) }
  }

  @Test("That are not UTF-8 are refused")
  func notText() {
    #expect(throws: PlanFileError.self) {
      try PlanFile(SourceFile(name: "x.yaml", bytes: [0xFF, 0xFE, 0x00]), feeSchedules: []).plan()
    }
  }
}
