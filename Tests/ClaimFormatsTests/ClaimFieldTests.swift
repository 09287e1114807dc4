import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A claim is read as it was sent")
struct ClaimFieldTests {
  @Test("a professional claim for the subscriber is read field by field")
  func professional() throws {
    let reading = try Reading(Fixture.bytes("professional.x12"))
    #expect(reading.faults.isEmpty && reading.rejections.isEmpty)
    let claim = try #require(reading.claim("CGC-1001"))
    #expect(claim.kind == .professional)
    #expect(claim.payer == Payer(id: PayerID("HARB1"), name: "HARBOR HEALTH PLAN"))
    #expect(claim.payerSequence == .primary && claim.frequency == .original && claim.facilityCode == "11")
    #expect(claim.charge == Money(cents: 240_50))
    #expect(claim.priorAuthorization == "AUTH7781" && claim.payerControlNumber == nil)
    #expect(claim.billingProvider.npi == "1234567893" && claim.billingProvider.taxID == "361234567")
    #expect(claim.billingProvider.address?.lines == ["12 ORCHARD LANE", "SUITE 4"])
    #expect(claim.renderingProvider?.name == "BEN OKAFOR" && claim.renderingProvider?.npi == "1245319599")
    #expect(claim.subscriber.memberID == MemberID("HH100200300") && claim.subscriber.groupNumber == "GRP100")
    #expect(claim.subscriber.name == PersonName(last: "MARLOWE", first: "IRIS", middle: "Q"))
    #expect(claim.subscriber.birthDate == CalendarDate(year: 1981, month: 5, day: 14))
    #expect(claim.subscriber.address?.city == "SPRINGFIELD")
    #expect(claim.patient == .subscriber)
    #expect(claim.diagnoses == ["E119", "I10"])
    let day = try #require(CalendarDate(year: 2026, month: 2, day: 16))
    #expect(
      claim.lines == [
        ServiceLine(
          number: 1, procedure: ProcedureCode(code: "G0463", modifiers: ["25"]), charge: Money(cents: 180_00),
          placeOfService: "11", serviceDates: DateRange(day), diagnosisPointers: [1, 2], controlNumber: "L1"),
        ServiceLine(
          number: 2, procedure: ProcedureCode(code: "J1885"), charge: Money(cents: 60_50), units: Units(4),
          placeOfService: "11", serviceDates: DateRange(day), diagnosisPointers: [1]),
      ])
  }

  @Test("a dependent is the patient, and another payer's loops are kept apart")
  func dependent() throws {
    let claim = try #require(try Reading(Fixture.bytes("professional.x12")).claim("CGC-1002"))
    guard case .dependent(let dependent) = claim.patient else {
      Issue.record("the patient is not the dependent")
      return
    }
    #expect(dependent.name.first == "LUCIA" && dependent.relationship == "19")
    #expect(claim.memberID == MemberID("HH555000111/2015-09-30/LUCIA"))
    #expect(claim.subscriber.name.first == "PAUL" && claim.subscriber.memberID == MemberID("HH555000111"))
    #expect(claim.payer.id == PayerID("HARB1"))
    #expect(claim.payerSequence == .secondary && claim.frequency == .replacement)
    #expect(claim.payerControlNumber == "HHP2026021500042")
    #expect(claim.renderingProvider == nil)
    #expect(claim.lines.first?.serviceDates?.last == CalendarDate(year: 2026, month: 2, day: 12))
  }

  @Test("an institutional claim has revenue codes, and lines without a date take the statement's")
  func institutional() throws {
    let claim = try #require(try Reading(Fixture.bytes("institutional.x12")).claim("LGH-77"))
    #expect(claim.kind == .institutional && claim.facilityCode == "13")
    #expect(claim.diagnoses == ["R0789", "I10", "E785"])
    #expect(claim.lines.map(\.revenueCode) == ["0510", "0540"])
    #expect(claim.lines.map(\.code) == ["G0463", "A0428"])
    #expect(claim.lines[0].serviceDates == CalendarDate(year: 2026, month: 2, day: 5).map { DateRange($0) })
    #expect(claim.lines[1].serviceDates == claim.statementDates)
    #expect(claim.statementDates?.last == CalendarDate(year: 2026, month: 2, day: 6))
  }

  @Test("all interchanges, groups and transactions of a file are read in file order, even with text before them")
  func severalInterchanges() throws {
    let reading = try Reading(Fixture.bytes("two-interchanges.x12"))
    #expect(reading.faults.isEmpty)
    #expect(reading.claims.map(\.claimNumber.text) == ["CGC-1001", "CGC-1002", "LGH-77", "CGC-1003"])
  }

  @Test("trimmed ISA elements do not matter")
  func trimmedHeader() throws {
    let text = try Fixture.text("professional.x12").replacing(/\ +\*/, with: "*")
    #expect(try Reading(text).claims.count == 2)
  }

  @Test(
    "a guide that is not supported is refused by its name",
    arguments: [
      ("999999X999X9", "none that is read here"), ("006020X323", "none that is read here"), ("", "names no"),
      ("005010X224A2", "a dental claim"), ("005010X291", "a predetermination"), ("005010X299", "others have decided"),
    ])
  func guide(_ version: String, _ reason: String) throws {
    let text = try Fixture.text("institutional.x12").replacing("005010X223A2", with: version)
    let reading = try Reading(text)
    #expect(reading.claims.isEmpty && reading.rejections.count == 1)
    #expect(reading.rejections.first?.reason.contains(reason) == true, "\(reading.rejections)")
    let contradicted = try Fixture.text("institutional.x12").replacing(
      "*005010X223A2~\nBHT", with: "*005010X222A1~\nBHT")
    #expect(try Reading(contradicted).rejections.first?.reason.contains("its group another") == true)
  }

  @Test("SBR02 or a patient loop identifies the patient; without either, the claim is sent back")
  func patient() throws {
    let nobody = try Reading(Fixture.text("institutional.x12").replacing("SBR*P*18*", with: "SBR*P**"))
    #expect(nobody.claims.isEmpty && nobody.rejections.map(\.location.element) == ["SBR02"])
  }

  @Test("a claim whose payer has no number is sent back: the name does not identify the payer")
  func payerByName() throws {
    let text = try Fixture.text("institutional.x12").replacing(
      "NM1*PR*2*HARBOR HEALTH PLAN*****PI*HARB1", with: "NM1*PR*2*HARBOR HEALTH PLAN")
    #expect(try Reading(text).rejections.map(\.location.element) == ["NM109"])
  }
}
