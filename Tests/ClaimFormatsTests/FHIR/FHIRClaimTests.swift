import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("FHIR claims")
struct FHIRClaimTests {
  private static func replacing(_ part: String, _ replacement: String, in name: String = "bundle.json") throws
    -> Reading
  {
    let text = try Fixture.fhir(name)
    try #require(text.contains(part), "\(part)")
    return try Reading(text.replacing(part, with: replacement, maxReplacements: 1))
  }

  @Test("a professional claim is read field by field")
  func professional() throws {
    let reading = try Reading(Fixture.fhir("bundle.json"))
    #expect(reading.items.count == 2, "\(reading.rejections) \(reading.faults)")
    let claim = try #require(reading.claim("FHIR-003"))
    #expect(claim.kind == .professional && claim.charge == Money(cents: 200_00) && claim.facilityCode == "11")
    #expect(claim.payer == Payer(id: PayerID("SAMPLE01"), name: "Sample Health Plan"))
    #expect(claim.payerSequence == .primary && claim.frequency == .original && claim.assignsBenefits == true)
    #expect(claim.billingProvider.npi == "1234567893" && claim.billingProvider.taxID == "123456789")
    #expect(claim.subscriber.memberID == MemberID("PO1001") && claim.subscriber.groupNumber == "SMPL2026")
    #expect(claim.subscriber.name == PersonName(last: "Quennell", first: "Marisol"))
    let dependent = try #require(claim.patient.dependent)
    #expect(dependent.relationship == "19" && dependent.birthDate == CalendarDate(year: 2014, month: 2, day: 27))
    #expect(claim.memberID == MemberID("PO1001/2014-02-27/INES"))
    #expect(claim.diagnoses == ["Z0000"] && claim.statementDates == nil && claim.isTest == nil)
    #expect(claim.lines.map(\.procedure) == [ProcedureCode(code: "G0463"), ProcedureCode(code: "J1885")])
    #expect(claim.lines.map(\.units) == [.one, Units(2)] && claim.lines.map(\.diagnosisPointers) == [[1], [1]])
  }

  @Test("an institutional claim is read field by field, with the resources that it contains")
  func institutional() throws {
    let claim = try #require(try Reading(Fixture.fhir("institutional.json")).claim("LGH-77"))
    #expect(claim.kind == .institutional && claim.facilityCode == "13" && claim.frequency == .original)
    #expect(claim.priorAuthorization == "AUTH9004" && claim.stay?.patientStatus == "01")
    // Occurrence code 11 says when the symptoms began.
    #expect(claim.diagnoses == ["R0789", "I10", "E785"] && claim.relatedCauses == nil)
    #expect(claim.lines.map(\.revenueCode) == ["0510", "0540"] && claim.lines.map(\.placeOfService) == ["13", "13"])
    #expect(claim.lines[1].procedure == ProcedureCode(code: "A0428", modifiers: ["RH"]))
    #expect(claim.lines[0].serviceDates?.first == CalendarDate(year: 2026, month: 2, day: 5))
    #expect(claim.lines[1].serviceDates == claim.statementDates && claim.statementDates?.days.count == 2)
  }

  @Test("everything that is wrong with a claim is reported at once, each thing once")
  func all() throws {
    let changes = [
      ("\"status\": \"active\"", "\"status\": \"draft\""), ("\"use\": \"claim\"", "\"use\": \"estimate\""),
      ("\"created\":", "\"made\":"), ("\"value\": \"FHIR-001\"", "\"number\": \"FHIR-001\""),
      ("\"focal\": true", "\"focal\": \"yes\""), ("\"servicedDate\": \"2026", "\"servicedDate\": \"soon 2026"),
      ("\"net\": {", "\"gross\": {"),
    ]
    let text = try changes.reduce(try Fixture.fhir("bundle.json")) { text, change in
      try #require(text.contains(change.0), "\(change.0)")
      return text.replacing(change.0, with: change.1, maxReplacements: 1)
    }
    let rejection = try #require(try Reading(text).rejections.first)
    let places = [rejection.location.element ?? ""] + rejection.further.map { $0.location.element ?? "" }
    #expect(
      places.sorted() == [
        "Claim.identifier[0].value", "Claim.insurance[0].focal", "Claim.item[0].gross", "Claim.item[0].net",
        "Claim.item[0].servicedDate", "Claim.made", "Claim.status", "Claim.use",
      ], "\(places)")
  }

  @Test("a Bundle, a list and one resource per line give the same claims, however the bytes come")
  func layouts() throws {
    let bundle = try Reading(Fixture.fhir("bundle.json"))
    let lines = try Fixture.fhir("claims.ndjson")
    #expect(try Reading(lines) == bundle)
    #expect(try Reading(lines.utf8, longestRead: 7) == bundle)
    #expect(try Reading(Fixture.fhir("bundle.json").utf8, longestRead: 7) == bundle)
    let list = "[" + lines.split(separator: "\n").joined(separator: ",") + "]"
    #expect(try Reading(list) == bundle)
  }

  @Test("what a server gives a resource, and where it is in a file, does not change a claim; a changed fact does")
  func digest() throws {
    let text = try Fixture.fhir("bundle.json")
    let plain = try Reading(text).claims.map(\.digest)
    let moved = text.replacing("Patient/ines", with: "Patient/other-id").replacing("\"ines\"", with: "\"other-id\"")
      .replacing("180.0", with: "180.00").replacing("\n", with: "")
      .replacing("\"active\": true,", with: "\"meta\": {\"versionId\": \"2\"}, \"active\": true,")
    #expect(try Reading(moved).claims.map(\.digest) == plain)
    for (part, other) in [("\"Ines\"", "\"Inez\""), ("62701-0000", "62702-0000"), ("G0463", "G0462")] {
      try #require(text.contains(part))
      #expect(try Reading(text.replacing(part, with: other)).claims.last?.digest != plain.last, "\(part)")
    }
  }

  @Test(
    "what is missing, wrong, or has no place here is refused with its path",
    arguments: [
      ("\"status\": \"active\",\n        \"type\"", "\"status\": \"draft\",\n        \"type\"", "Claim.status"),
      ("\"use\": \"claim\"", "\"use\": \"predetermination\"", "Claim.use"),
      ("\"use\": \"claim\",", "", "Claim.use"),
      ("\"code\": \"professional\"", "\"code\": \"oral\"", "Claim.type"),
      ("\"currency\": \"USD\"", "\"currency\": \"CAD\"", "Claim.item[0].net.currency"),
      ("\"value\": 180.0,", "\"value\": 180.005,", "Claim.item[0].net.value"),
      ("\"value\": 180.0,", "\"value\": 1.8e2,", "Claim.item[0].net.value"),
      ("\"value\": 180.0,", "\"value\": \"180.00\",", "Claim.item[0].net.value"),
      (
        "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10",
        "Claim.diagnosis[0].diagnosisCodeableConcept"
      ),
      ("HCPCSReleaseCodeSets", "OtherCodes", "Claim.item[0].productOrService"),
      ("Place_of_Service_Code_Set", "Other", "Claim.item[0].locationCodeableConcept"),
      ("\"focal\": true", "\"focal\": false", "Claim.insurance"),
      ("\"item\": [", "\"itme\": [], \"item\": [", "Claim.itme"),
      ("\"use\": \"claim\",", "\"use\": \"claim\", \"modifierExtension\": [{}],", "Claim.modifierExtension"),
      ("\"servicedDate\": \"2026-03-02\"", "\"servicedDate\": \"2026-03\"", "Claim.item[0].servicedDate"),
      (
        "\"servicedDate\": \"2026-03-02\"", "\"bodySite\": {}, \"servicedDate\": \"2026-03-02\"",
        "Claim.item[0].bodySite"
      ),
      (
        "\"diagnosisSequence\": [\n              1", "\"diagnosisSequence\": [\n 2",
        "Claim.item[0].diagnosisSequence[0]"
      ),
      (
        "\"diagnosisSequence\": [\n              1\n            ],", "", "Claim.item[0].diagnosisSequence"
      ),
      (
        "\"diagnosisSequence\": [\n              1", "\"diagnosisSequence\": [1, 1, 1, 1, 1",
        "Claim.item[0].diagnosisSequence"
      ),
      ("\"code\": \"principal\"", "\"code\": \"admitting\"", "Claim.diagnosis"),
      ("\"reference\": \"Patient/delphine\"", "\"reference\": \"Patient/nobody\"", "Claim.patient.reference"),
      ("\"reference\": \"Patient/delphine\"", "\"reference\": \"Patient/ines\"", "Coverage.beneficiary"),
      ("\"subscriberId\": \"PO2001\",", "", "Coverage.subscriberId"),
      ("\"birthDate\": \"1990-07-21\",", "", "Patient.birthDate"),
      ("\"code\": \"provider\"", "\"code\": \"other\"", "Claim.payee.type"),
      (
        "\"quantity\": {\n              \"value\": 1",
        "\"unitPrice\": {\"value\": 90, \"currency\": \"USD\"}, \"quantity\": {\"value\": 1", "Claim.item[0].net"
      ),
    ])
  func refused(part: String, replacement: String, place: String) throws {
    let reading = try Self.replacing(part, replacement)
    #expect(reading.rejections.map(\.location) == [SourceLocation(.record, 1, element: place)], "\(reading.rejections)")
    #expect(reading.rejections.first?.claimNumber == ClaimNumber("FHIR-001"))
    #expect(reading.claims.count == 1, "the other claim of the file is read")
  }

  @Test("a payee that is not the provider, and none at all, makes a claim wait: benefits are not assigned")
  func payee() throws {
    #expect(
      try Self.replacing("\"code\": \"provider\"", "\"code\": \"subscriber\"").claims.first?.assignsBenefits == false)
    let text = try Fixture.fhir("bundle.json").replacing("\"payee\"", with: "\"_created\"")
    #expect(try Reading(text).claims.map(\.assignsBenefits) == [false, false])
  }

  @Test(
    "a prior claim makes it a replacement, and a stated frequency decides what becomes of the prior claim",
    arguments: [(nil, "7"), ("7", "7"), ("8", "8"), ("3", "3")])
  func prior(stated: String?, frequency: String) throws {
    let related = """
      "related": [{"claim": {"identifier": {"value": "CLM-0123456789abcdef0123"}}, "relationship": {"coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "code": "prior"}]}}],
      """
    let information = stated.map { Self.frequency($0) + "," } ?? ""
    let claim = try #require(try Self.replacing("\"item\": [", related + information + "\"item\": [").claims.first)
    #expect(claim.frequency.code == frequency && claim.payerControlNumber == "CLM-0123456789abcdef0123")
    let contradicted = try Self.replacing("\"item\": [", related + Self.frequency("1") + ",\"item\": [")
    #expect(contradicted.rejections.first?.location.element == "Claim.related[0].relationship")
    let withoutNumber = related.replacing("\"identifier\"", with: "\"display\"").replacing(
      "{\"value\": \"CLM-0123456789abcdef0123\"}", with: "\"x\"")
    #expect(
      try Self.replacing("\"item\": [", withoutNumber + "\"item\": [").rejections.first?.location.element
        == "Claim.related[0].claim")
  }

  private static func frequency(_ code: String) -> String {
    """
    "supportingInfo": [{"sequence": 1, "category": {"coding": [{"code": "info"}]}, "code": {"coding": [
      {"system": "https://codesystem.x12.org/005010/1325", "code": "\(code)"}]}}]
    """
  }

  @Test("an accident, and what a UB-04 says of another payer or cause, is not lost")
  func causes() throws {
    let accident = """
      "accident": {"date": "2026-03-01", "type": {"coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "MVA"}]}},
      """
    #expect(try Self.replacing("\"item\": [", accident + "\"item\": [").claims.first?.relatedCauses == ["AA"])
    let value = try Self.replacing(
      "https://www.nubc.org/CodeSystem/OccurrenceCodes\",\n            \"code\": \"11\"",
      "https://www.nubc.org/CodeSystem/ValueCodes\",\n            \"code\": \"15\"", in: "institutional.json")
    #expect(value.claims.first?.earlierPayer == "15" && value.claims.first?.relatedCauses == ["EM"])
  }

  @Test("who treats is who is said to, and with several of whom none is said to, the claim is refused")
  func careTeam() throws {
    func member(_ sequence: Int, _ role: String?, _ npi: String) -> String {
      let system = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
      let said = role.map { "\"role\": {\"coding\": [{\"system\": \"\(system)\", \"code\": \"\($0)\"}]}," } ?? ""
      return """
        {"sequence": \(sequence), \(said) "provider": {"identifier": {
          "system": "http://hl7.org/fhir/sid/us-npi", "value": "\(npi)"}}}
        """
    }
    func reading(_ members: String...) throws -> Reading {
      try Self.replacing("\"item\": [", "\"careTeam\": [\(members.joined(separator: ","))], \"item\": [")
    }
    #expect(try reading(member(1, nil, "1")).claims.first?.renderingProvider?.npi == "1")
    let two = try reading(member(1, "referring", "1"), member(2, "rendering", "2"))
    #expect(two.claims.first?.renderingProvider?.npi == "2")
    let open = try reading(member(1, "rendering", "1"), member(2, "rendering", "2"))
    #expect(open.rejections.map(\.location.element) == ["Claim.item[0].careTeamSequence"])
    let unsaid = try reading(member(1, "rendering", "1"), member(2, nil, "2"))
    #expect(unsaid.rejections.map(\.location.element) == ["Claim.careTeam[1].role"])
  }

  @Test("payers pay in the order that the claim says, and one of a later turn cannot have decided")
  func otherPayers() throws {
    func reading(own: Int, other: Int, response: Bool = false) throws -> Reading {
      let decided = response ? ", \"claimResponse\": {\"reference\": \"ClaimResponse/1\"}" : ""
      let payer =
        "{\"sequence\": \(other), \"focal\": false, \"coverage\": {\"reference\": \"Coverage/ines\"}\(decided)},"
      return try Self.replacing(
        "\"insurance\": [\n          {\n            \"sequence\": 1",
        "\"insurance\": [\(payer)\n          {\n            \"sequence\": \(own)")
    }
    let second = try #require(try reading(own: 2, other: 1, response: true).claims.first)
    #expect(second.payerSequence == .secondary && second.otherPayers?.map(\.sequence) == [.primary])
    #expect(second.otherPayers?.first?.paid == nil, "a person enters what the other payer decided")
    #expect(try reading(own: 1, other: 2).claims.first?.payerSequence == .primary)
    let place = "Claim.insurance[0].claimResponse"
    #expect(try reading(own: 1, other: 2, response: true).rejections.map(\.location.element) == [place])
  }

  @Test("information that has no place here is refused, and no guess is made about what it changes")
  func information() throws {
    let reading = try Self.replacing("\"code\": \"admtype\"", "\"code\": \"exception\"", in: "institutional.json")
    #expect(reading.rejections.map(\.location.element) == ["Claim.supportingInfo[3].category"])
  }

  @Test("test data is marked, and is another claim than the same in production")
  func test() throws {
    let marked = try Self.replacing(
      "\"use\": \"claim\",", "\"use\": \"claim\", \"meta\": {\"security\": [{\"code\": \"HTEST\"}]},")
    let plain = try Reading(Fixture.fhir("bundle.json"))
    #expect(marked.claims.map(\.isTest) == [true, nil])
    #expect(marked.claims[0].digest != plain.claims[0].digest && marked.claims[1] == plain.claims[1])
    let part = try Self.replacing(
      "\"use\": \"claim\",", "\"use\": \"claim\", \"meta\": {\"tag\": [{\"code\": \"SUBSETTED\"}]},")
    #expect(part.rejections.first?.location.element == "Claim.meta.tag")
  }
}
