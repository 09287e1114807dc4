import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A form that is not in doubt is the claim that an 837 would have been")
struct FormClaimTests {
  private static func reading(_ page: TypedPage = .professional()) throws -> FormReading {
    try #require(try FormReader().readings(of: [page.page()]).first)
  }

  private static func claim(_ page: TypedPage = .professional()) throws -> SubmittedClaim {
    let item = try reading(page).item(digest: "d", at: SourceLocation(.record, 1))
    guard case .claim(let claim, _) = item else {
      Issue.record("\(item)")
      throw FileFault(what: "no claim", advice: "")
    }
    return claim
  }

  @Test("every fact of a CMS-1500 has its place in the claim")
  func professional() throws {
    let claim = try Self.claim()
    #expect(claim.kind == .professional && claim.claimNumber == ClaimNumber("CGC-1001"))
    #expect(claim.payer == Payer(id: PayerID("HARBOR HEALTH PLAN"), name: "HARBOR HEALTH PLAN"))
    #expect(claim.payerSequence == .primary && claim.frequency == .original && claim.priorAuthorization == "AUTH7781")
    #expect(
      claim.charge == Money(cents: 205_50) && claim.diagnoses == ["E119", "I10"] && claim.assignsBenefits == true)
    #expect(claim.subscriber.name == PersonName(last: "MARLOWE", first: "IRIS", middle: "Q"))
    #expect(claim.subscriber.birthDate == CalendarDate(parsing: "1981-05-14") && claim.patient == .subscriber)
    #expect(claim.billingProvider.npi == "1234567893" && claim.billingProvider.taxID == "361234567")
    #expect(
      claim.billingProvider.address
        == Address(lines: ["12 ORCHARD LANE"], city: "SPRINGFIELD", state: "IL", postalCode: "627010001"))
    #expect(claim.renderingProvider?.npi == "1245319599" && claim.facilityCode == "11")
    #expect(claim.lines.map(\.code) == ["G0463", "J1885"] && claim.lines[0].procedure?.modifiers == ["25"])
    #expect(claim.lines[0].diagnosisPointers == [1, 2] && claim.lines[1].units == Units(4))
    #expect(claim.lines[1].serviceDates?.last == CalendarDate(parsing: "2026-02-17"))
    #expect(claim.digest == "d" && claim.sender == nil && claim.relatedCauses == nil && claim.otherPayers == nil)
  }

  @Test(
    "what may make another party liable is never lost",
    arguments: [
      ("20,41", 20, 35, "EM"), ("22,41", 22, 35, "AA"), ("24,41", 24, 35, "OA"), ("8,31", 8, 39, "EM"),
    ])
  func liability(unmarked: String, line: Int, column: Int, cause: String) throws {
    var page = TypedPage.professional(changing: [unmarked: ""])
    page.type("X", line: line, column: column)
    #expect(try Self.claim(page).relatedCauses == [cause])
  }

  @Test("another plan makes the claim wait until a person says which of them pays first")
  func otherPlan() throws {
    var page = TypedPage.professional(changing: ["26,57": ""])
    page.type("X", line: 26, column: 52)
    page.type("TIDEWATER MUTUAL", line: 26, column: 1)
    let claim = try Self.claim(page)
    #expect(claim.payerSequence == .other && claim.otherPayers?.map(\.id) == [PayerID("TIDEWATER MUTUAL")])
    #expect(SuspenseReason(claim, coordinates: true) == .otherPayerFirst)
  }

  @Test("a replacement names the claim that it replaces, and an assignment that is not signed makes the claim wait")
  func replacement() throws {
    var page = TypedPage.professional(changing: ["29,55": ""])
    page.type("7", line: 38, column: 50)
    page.type("CLM-00112233445566", line: 38, column: 62)
    let claim = try Self.claim(page)
    #expect(claim.frequency == .replacement && claim.payerControlNumber == "CLM-00112233445566")
    #expect(claim.assignsBenefits == false && SuspenseReason(claim) == .benefitsNotAssigned)
  }

  @Test("a blank that an engine reads into a number of the payer is no part of it")
  func numberInParts() throws {
    var page = TypedPage.professional(changing: ["40,50": "AUTH 7781"])
    page.type("7", line: 38, column: 50)
    page.type("CLM- 00112233445566", line: 38, column: 62)
    let claim = try Self.claim(page)
    #expect(claim.payerControlNumber == "CLM-00112233445566" && claim.priorAuthorization == "AUTH7781")
    let hospital = TypedPage.institutional(changing: ["3,78": "0137", "51,1": "AUTH 9004"])
    var replacing = hospital
    replacing.type("CLM- 795806345857", line: 51, column: 32)
    let replacement = try Self.claim(replacing)
    #expect(
      replacement.payerControlNumber == "CLM-795806345857" && replacement.priorAuthorization == "AUTH9004")
  }

  @Test("words where the number of an authorization is typed are no authorization")
  func noAuthorization() throws {
    #expect(try Self.reading(.professional(changing: ["40,50": "NOT REQUIRED"])).doubts == ["23 malformed"])
  }

  @Test("the number of an empty row is no revenue code, and a row that says more is never passed over")
  func rowNumber() throws {
    var page = TypedPage.institutional()
    page.type("14", line: 32, column: 1, confidence: 91)
    #expect(try Self.claim(page).lines.map(\.revenueCode) == ["0510", "0540"])
    page.type("41000", line: 32, column: 65, confidence: 91)
    #expect(
      try Self.reading(page).doubts.filter { $0.contains(".14") } == ["FL42.14 malformed", "FL46.14 missing"])
    var coded = TypedPage.institutional()
    coded.type("0450", line: 32, column: 1, confidence: 91)
    #expect(try Self.reading(coded)["FL47.14"]?.doubts == [.missing])
  }

  @Test("the number of a laboratory is no authorization")
  func laboratory() throws {
    #expect(try Self.claim(.professional(changing: ["40,50": "14D2029999"])).priorAuthorization == nil)
  }

  @Test("anesthesia is counted in minutes, and its daily management in days")
  func anesthesia() throws {
    #expect(try Self.claim(.professional(changing: ["44,25": "00790"])).lines[0].basis == .minutes)
    #expect(try Self.claim(.professional(changing: ["44,25": "01996"])).lines[0].basis == nil)
  }

  @Test(
    "a form that is stamped VOID is no claim until a person says that it is one",
    arguments: ["VOID", "COPY", "CORRECTED"])
  func notice(word: String) throws {
    var page = TypedPage.professional()
    page.type(word, line: 6, column: 20)
    let reading = try Self.reading(page)
    #expect(reading.doubts == ["notice malformed"] && reading["notice"]?.text == word)
    #expect(reading.correcting("notice", to: "").doubts.isEmpty)
  }

  @Test("a form in doubt is no claim, and says which box and why without saying what it says")
  func doubtful() throws {
    let item = try Self.reading(.professional(total: "206 50")).item(digest: "d", at: SourceLocation(.record, 3))
    guard case .rejected(let rejection) = item else {
      Issue.record("\(item)")
      return
    }
    #expect(rejection.reason == "box 28 is not the sum of the charges")
    #expect(rejection.location == SourceLocation(.record, 3, element: "28"))
    #expect(rejection.claimNumber == ClaimNumber("CGC-1001"))
  }
}
