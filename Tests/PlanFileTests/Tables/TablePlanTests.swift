import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Plans with tables and contracts")
struct TablePlanTests {
  @Test(
    "A plan that names something the folder lacks is refused, with what to do",
    arguments: [
      ("edits", "[ncci]", "there is no table for the edit \"ncci\"; import"),
      ("edits", "[nccy]", "each of edits must be add-on or diagnosis or mue or ncci or place-of-service, not \"nccy\""),
      ("payment_rules", "medicare", "no table says which rules a code is under; import"),
      ("payment_rules", "{bilaterel: 150%}", "unknown key \"bilaterel\" in payment_rules; did you mean \"bilateral\"?"),
      ("payment_rules", "{bilateral: 250%}", "bilateral must be a percentage from 100% to 200%"),
      ("sequestration", "yes", "sequestration must be true or false"),
      ("pricing", "{physician_fee_schedule: {locality: national}}", "there is no physician fee schedule; import"),
      ("pricing", "{contracts: [{id: A, bill_types: [\"11\"]}]}", "a contract pays in one way; give one of per_diem"),
      ("pricing", "{contracts: [{id: A, per_diem: 10}]}", "a contract for every line; name revenue_codes"),
      ("authorization_required", "[{}]", "a service matches every line; name procedures"),
      (
        "coordination_of_benefits", "medicare", "coordination_of_benefits must be basic or carve-out or medicare-second"
      ),
    ])
  func refusals(key: String, term: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try PlanDesk([key: term]) }
    let named = error.all.filter { $0.reason.hasPrefix(String(refusal.prefix { $0 != ";" })) }
    #expect(named.count == 1 && "\(named[0])".contains(refusal) && named[0].line != nil, "\(error)")
  }

  @Test("A locality that is in no table of practice costs is refused")
  func locality() throws {
    let error = try #require(throws: PlanFileError.self) {
      try PlanDesk(
        ["pricing": "{physician_fee_schedule: {locality: {contractor: \"01112\", number: \"05\"}}}"],
        tables: MadeUpTables.relativeValues(MadeUpTables.officeVisits))
    }
    #expect(error.description.contains("no table of practice costs has locality 01112-05; check both numbers"))
  }

  @Test("A plan's own fee precedes the physician fee schedule, and a percentage comes last")
  func order() throws {
    let terms = [
      "pricing":
        "{fee_schedule: fees, physician_fee_schedule: {locality: national}, otherwise_percent_of_charge: 50%}"
    ]
    let visits = try MadeUpTables.relativeValues(MadeUpTables.officeVisits)
    var desk = try PlanDesk(terms, fees: ["99213,,100.00"], tables: visits)
    let decision = try desk.decide(TestedLine("99213"), TestedLine("99214"), TestedLine("G0463"))
    #expect(decision.outcomes == ["1 paid 100.00", "2 paid 125.18", "3 paid 500.00"])
  }

  @Test(
    "A service that no rule can price waits for a person, with the reason",
    arguments: [
      (["G0001"], .priceByReport), (["G0002", "80"], .surgeonDocumentation), (["G0002", "62"], .surgeonDocumentation),
      (["G0002", "66"], .priceByReport), (["G0003", "53"], .priceByReport), (["G0003"], nil),
    ] as [([String], SuspenseReason?)])
  func undecided(code: [String], reason: SuspenseReason?) throws {
    let tables = try MadeUpTables.relativeValues([
      "G0001,,C,0,0,0,0,0,0,0,0,0,", "G0002,,A,1,1,1,1,2,0,0,1,1,", "G0003,,A,1,1,1,1,0,0,0,0,0,",
    ])
    var desk = try PlanDesk(
      ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"], tables: tables)
    var line = TestedLine(code[0])
    line.modifiers = Array(code.dropFirst())
    #expect(try desk.suspense(line) == reason)
    // A line without a charge does not make the claim wait for a price.
    line.charge = "0"
    if reason == .priceByReport { #expect(try desk.suspense(line) == nil) }
  }

  @Test(
    "Services with a component reduction wait if there are several, and one alone is paid",
    arguments: ["4", "5", "6", "7"])
  func componentReduction(indicator: String) throws {
    var desk = try PlanDesk(
      ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"],
      tables: MadeUpTables.relativeValues(["G0001", "G0002"].map { "\($0),,A,1,1,1,1,\(indicator),0,0,0,0," }))
    #expect(try desk.suspense(TestedLine("G0001")) == nil)
    #expect(try desk.suspense(TestedLine("G0001", units: 2)) == .componentReduction)
    #expect(try desk.suspense(TestedLine("G0001"), TestedLine("G0002")) == .componentReduction)
    // The price of one line does not determine the price of the other.
    var claim = try PlanDesk.claim([TestedLine("G0001"), TestedLine("G0002")])
    for priced in [[1], [2], [1, 2]] {
      claim.revision = ClaimRevision(
        replaces: ClaimIntakeID("CLM-1"), cause: .price, ruleset: RulesetID("R"),
        prices: priced.map { ChosenPrice(line: $0, amount: Money(cents: 80_00)) })
      do {
        #expect(try desk.decide(claim).outcomes == ["1 paid 80.00", "2 paid 80.00"] && priced == [1, 2])
      } catch AdjudicationFailure.suspended(let suspense) {
        #expect(suspense == Suspense(.componentReduction, lines: [1, 2].filter { !priced.contains($0) }))
      }
    }
  }

  @Test("From the sixth procedure of a day on, a person sets the price")
  func sixthProcedure() throws {
    let codes = (1...6).map { "G000\($0)" }
    var desk = try PlanDesk(
      ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"],
      tables: MadeUpTables.relativeValues(codes.map { "\($0),,A,1,1,1,1,2,0,0,0,0," }))
    let lines = codes.map { TestedLine($0) }
    #expect(try desk.suspense(lines[0], lines[1], lines[2], lines[3], lines[4]) == nil)
    #expect(try desk.suspense(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5]) == .moreThanFiveProcedures)
  }

  @Test(
    "Procedures that reduce one another wait if one spans days that the other does not", arguments: ["2", "3", "4"])
  func partlyTogether(indicator: String) throws {
    var desk = try PlanDesk(
      ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"],
      tables: MadeUpTables.relativeValues(["G0001", "G0002"].map { "\($0),,A,1,1,1,1,\(indicator),0,0,0,0," }))
    var waited = 0
    func days(_ first: String, _ last: String) throws -> DateRange? {
      DateRange(try PlanDesk.day(first), through: try PlanDesk.day(last))
    }
    for (first, last, waits) in [("02", "02", true), ("03", "03", true), ("03", "04", true), ("04", "04", false)] {
      var claim = try PlanDesk.claim([TestedLine("G0001"), TestedLine("G0002")])
      claim.lines[0].serviceDates = try days("2026-03-02", "2026-03-03")
      claim.lines[1].serviceDates = try days("2026-03-\(first)", "2026-03-\(last)")
      var reason: SuspenseReason?
      do {
        _ = try desk.decide(claim)
      } catch AdjudicationFailure.suspended(let suspense) {
        (reason, waited) = (suspense.reason, waited + 1)
        #expect(suspense.lines == [1, 2])
      }
      #expect((reason != nil) == waits, "\(first) \(last)")
    }
    #expect(waited == 3)
  }

  @Test(
    "An assistant is paid 16 %, a nonphysician assistant 85 % of that, a co-surgeon 62.5 %; a role that is never paid is CO-54"
  )
  func roles() throws {
    let rates = [([], "100.00"), (["80"], "16.00"), (["AS"], "13.60"), (["62"], "62.50")]
    var desk = try PlanDesk(
      ["pricing": "{fee_schedule: fees}", "payment_rules": "medicare"], fees: ["G0001,,100.00", "G0002,,100.00"],
      tables: MadeUpTables.relativeValues(["G0001,,A,1,1,1,1,2,0,2,2,2,", "G0002,,A,1,1,1,1,2,0,1,0,0,"]))
    for (modifiers, paid) in rates {
      var line = TestedLine("G0001")
      line.modifiers = modifiers
      #expect(try desk.decide(line).outcomes == ["1 paid \(paid)"])
    }
    for modifier in ["80", "62", "66"] {
      #expect(try desk.decide(TestedLine("G0002", modifier)).outcomes == ["1 CO-54"])
    }
  }

  @Test("A plan's own rates replace Medicare's; without payment rules each line is priced by itself")
  func ownRates() throws {
    let tables = try MadeUpTables.relativeValues(["G0001", "G0002"].map { "\($0),,A,1,1,1,1,2,0,0,0,0," })
    let fees = ["G0001,,100.00", "G0002,,80.00"]
    let terms = ["pricing": "{fee_schedule: fees}"]
    var own = try PlanDesk(
      terms.merging(["payment_rules": "{multiple_procedures: [100%, 25%]}"]) { $1 }, fees: fees, tables: tables)
    #expect(try own.decide(TestedLine("G0001"), TestedLine("G0002")).paid.description == "120.00")
    var none = try PlanDesk(terms, fees: fees, tables: tables)
    #expect(try none.decide(TestedLine("G0001"), TestedLine("G0002")).paid.description == "180.00")
  }

  @Test("Out of network, the reduction for several procedures may be billed to the member")
  func outOfNetwork() throws {
    let outside = """
      {network: harbour, deductible: {individual: 0, family: 0, embedded: true},
        out_of_pocket_maximum: {individual: 8000, family: 8000, embedded: true}, coinsurance: 0%,
        pricing: {fee_schedule: fees}}
      """
    let tables = try MadeUpTables.relativeValues(["G0001", "G0002"].map { "\($0),,A,1,1,1,1,2,0,0,0,0," })
    var desk = try PlanDesk(
      ["out_of_network": outside, "payment_rules": "medicare"], fees: ["G0001,,100.00", "G0002,,80.00"],
      networks: [Samples.file("harbour.csv", "npi,effective,termination\n1111111112,2026-01-01,\n")], tables: tables)
    let decision = try desk.decide(TestedLine("G0001", charge: "150"), TestedLine("G0002", charge: "150"))
    #expect(decision.outcomes == ["1 paid 100.00", "2 paid 40.00"])
    #expect(decision.remitted == ["PR-45 50.00", "PR-45 110.00", "paid 140.00"])
  }

  @Test("A service that requires an authorization is CO-197 if the claim has none")
  func authorization() throws {
    var desk = try PlanDesk([
      "authorization_required": "[{procedures: [E0*]}, {places_of_service: [\"21\"]}]"
    ])
    var claim = try PlanDesk.claim([TestedLine("E0601"), TestedLine("G0463"), TestedLine("G0463", "76", place: "21")])
    #expect(try desk.decide(claim).outcomes == ["1 CO-197", "2 paid 1000.00", "3 CO-197"])
    claim.priorAuthorization = "AUTH-1"
    #expect(try desk.decide(claim).paid.description == "3000.00")
  }

  @Test("A stay is paid per day, which includes its other lines; an outpatient bill is paid by percent of charge")
  func contracts() throws {
    let terms = [
      "pricing": """
      {contracts: [
        {id: room, revenue_codes: [012*], bill_types: ["11"], per_diem: 1200.00},
        {id: other, bill_types: ["11"], included_in_per_diem: true},
        {id: outpatient, bill_types: ["13"], percent_of_charge: 45%}], otherwise_percent_of_charge: 10%}
      """
    ]
    var desk = try PlanDesk(terms)
    func claim(_ billType: String, _ lines: TestedLine...) throws -> SubmittedClaim {
      var claim = try PlanDesk.claim(lines)
      claim.kind = .institutional
      claim.facilityCode = billType
      let days = try ["2026-03-02", "2026-03-05"].map { try #require(CalendarDate(parsing: $0)) }
      claim.statementDates = DateRange(days[0], through: days[1])
      return claim
    }
    let room = TestedLine(revenue: "0120", charge: "9000", units: 3)
    let drugs = TestedLine(revenue: "0250", charge: "500")
    #expect(try desk.decide(claim("11", room, drugs)).outcomes == ["1 paid 3600.00", "2 CO-97"])
    // A stay of three nights, however many days are billed.
    let long = TestedLine(revenue: "0120", charge: "9000", units: 5)
    #expect(try desk.decide(claim("11", long)).outcomes == ["1 paid 3600.00"])
    // No more days are paid than the claim states as covered; the last day counts if the patient has not left.
    for (covered, not, status, paid) in [
      (1, nil, nil, "1200.00"), (nil, 2, nil, "1200.00"), (nil, nil, "30", "4800.00"), (3, 2, "01", "3600.00"),
    ] as [(Int?, Int?, String?, String)] {
      var days = FacilityStay()
      (days.coveredDays, days.noncoveredDays, days.patientStatus) = (covered, not, status)
      var bill = try claim("11", long)
      bill.stay = days
      #expect(try desk.decide(bill).outcomes == ["1 paid \(paid)"])
    }
    var leave = try claim("11", long)
    leave.stay = FacilityStay()
    leave.stay?.hasNoncoveredSpan = true
    #expect(throws: AdjudicationFailure.suspended(Suspense(.priceByReport, lines: [1]))) { try desk.decide(leave) }
    #expect(try desk.decide(claim("11", drugs)).outcomes == ["1 paid 50.00"])
    #expect(try desk.decide(claim("13", drugs)).outcomes == ["1 paid 225.00"])
    #expect(try desk.decide(PlanDesk.claim([TestedLine("G0463", charge: "500")])).outcomes == ["1 paid 50.00"])
  }
}
