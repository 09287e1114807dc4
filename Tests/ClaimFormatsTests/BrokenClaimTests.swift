import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Only the broken claim is rejected, with location and reason")
struct BrokenClaimTests {
  /// Test data (ISA15 = T), so that a changed number of segments does not matter; each case breaks the first claim.
  static func professional(_ part: String, _ replacement: String) throws -> String {
    let text = try Fixture.text("professional.x12").replacing("*0*P*:~", with: "*0*T*:~")
    #expect(text.contains(part))
    return text.replacing(part, with: replacement, maxReplacements: 1)
  }

  @Test(
    "the claim after a broken claim is read",
    arguments: [
      ("CLM*CGC-1001*240.5*", "CLM*CGC-1001*24O.5*", "CLM02", "an amount must look like 125, 125.5 or 125.50"),
      ("CLM*CGC-1001*240.5*", "CLM*CGC-1001*-240.5*", "CLM02", "the amount is negative"),
      ("CLM*CGC-1001*240.5*", "CLM*CGC-1001*100000000*", "CLM02", "the amount is over 99999999.99"),
      ("CLM*CGC-1001*240.5*", "CLM*CGC-1001*99999999999999999999*", "CLM02", "the amount is too large"),
      ("CLM*CGC-1001*240.5*", "CLM*CGC-1001**", "CLM02", "the claim has no charge"),
      ("G0463:25*180*", "G0463:25*1e3*", "SV102", "an amount must look like 125, 125.5 or 125.50"),
      ("G0463:25*180*UN*1*", "G0463:25*180*UN*-1*", "SV104", "the quantity is not a number of units such as 1 or 2.5"),
      ("SV1*HC:G0463:25*", "SV1**", "SV101-2", "the service line has no procedure code"),
      ("DTP*472*D8*20260216", "DTP*472*D8*20260229", "DTP03", "the date does not exist"),
      ("DTP*472*D8*20260216", "DTP*472*D8*16.2.2026", "DTP03", "the date is not eight digits, CCYYMMDD"),
      (
        "DTP*472*D8*20260216", "DTP*472*RD8*20260216-20260215", "DTP03",
        "the dates run backwards: the first is after the last"
      ),
      ("DMG*D8*19810514", "DMG*D8*19811514", "DMG02", "the date does not exist"),
      (
        "SV1*HC:J1885*60.5*UN*4*11**1", "SV2*0300*HC:J1885*60.5*UN*4", "SV2",
        "services of several kinds (SV1, SV2, SV3) in one claim"
      ),
    ])
  func oneClaim(part: String, replacement: String, element: String, reason: String) throws {
    let reading = try Reading(try Self.professional(part, replacement))
    let rejection = try #require(reading.rejection("CGC-1001"))
    #expect(rejection.location.element == element && rejection.location.unit == .segment)
    #expect(rejection.reason == reason)
    #expect(rejection.payerID == PayerID("HARB1"))
    #expect(reading.claims.map(\.claimNumber.text) == ["CGC-1002"])
  }

  @Test(
    "a claim whose CLM is damaged or missing is rejected where its parts are, and the other claim is read",
    arguments: [
      ("CLM*CGC-1001", "CML*CGC-1001"), ("CLM*CGC-1002", "CML*CGC-1002"), ("CLM*CGC-1002", "NTE*ADD*CGC-1002"),
    ])
  func headless(part: String, replacement: String) throws {
    let reading = try Reading(try Self.professional(part, replacement))
    #expect(reading.claims.map(\.claimNumber.text) == [part.hasSuffix("1") ? "CGC-1002" : "CGC-1001"])
    let rejection = try #require(reading.rejections.first)
    #expect(reading.rejections.count == 1 && rejection.claimNumber == nil)
    let told = [rejection.reason] + rejection.further.map(\.reason)
    #expect(told.contains("the claim has no CLM before this: it is missing or damaged"), "\(told)")
  }

  @Test("a patient after a claim without a CLM is not read with what that claim said of other payers")
  func afterHeadless() throws {
    let reading = try Reading(
      try Fixture.text("professional.x12").replacing("*0*P*:~", with: "*0*T*:~").replacing("CLM*", with: "CML*"))
    #expect(reading.claims.isEmpty && reading.rejections.count == 2)
  }

  @Test("everything that is wrong with a claim is told at once, an element once")
  func everything() throws {
    var text = try Self.professional("CLM*CGC-1001*240.5*", "CLM*CGC-1001*24O.5*")
    for (part, replacement) in [
      ("DMG*D8*19810514", "DMG*D8*19811514"), ("G0463:25*180*UN*1*", "G0463:25**UN*-1*"),
      ("DTP*472*D8*20260216", "DTP*472*D8*20260229"),
    ] {
      #expect(text.contains(part))
      text = text.replacing(part, with: replacement, maxReplacements: 1)
    }
    let rejection = try #require(try Reading(text).rejection("CGC-1001"))
    let all = [rejection.location.element] + rejection.further.map(\.location.element)
    #expect(all.compactMap(\.self) == ["DMG02", "CLM02", "SV102", "SV104", "DTP03"], "\(rejection)")
  }

  @Test(
    "a claim that does not identify its member or payer is rejected",
    arguments: [
      ("NM1*IL*1*MARLOWE*IRIS*Q***MI*HH100200300", "NM1*IL*1*MARLOWE*IRIS*Q", "NM109"),
      ("NM1*PR*2*HARBOR HEALTH PLAN*****PI*HARB1~\nCLM", "NM1*PR*2~\nCLM", "NM103"),
      ("NM1*IL*1*MARLOWE", "NM1*XX*1*MARLOWE", "NM1*IL"),
    ])
  func nobody(part: String, replacement: String, element: String) throws {
    let reading = try Reading(try Self.professional(part, replacement))
    #expect(reading.rejections.map(\.location.element) == [element])
    #expect(reading.claims.map(\.claimNumber.text) == ["CGC-1002"])
  }

  @Test("a claim without a number is still accounted for")
  func withoutNumber() throws {
    let reading = try Reading(try Self.professional("CLM*CGC-1001*", "CLM**"))
    #expect(reading.rejections.map(\.claimNumber) == [nil])
    #expect(reading.rejections.map(\.location.element) == ["CLM01"])
    #expect(reading.claims.count == 1)
  }

  @Test("without a billing provider, all its claims are rejected")
  func withoutBillingProvider() throws {
    let reading = try Reading(try Self.professional("NM1*85*2*CEDAR GROVE CLINIC", "NM1*87*2*CEDAR GROVE CLINIC"))
    #expect(reading.rejections.map(\.location.element) == ["NM1*85", "NM1*85"])
  }

  @Test("a claim that contains bytes that are not text is rejected")
  func notText() throws {
    var bytes = Array(try Self.professional("REF*6R*L1", "REF*6R*L@").utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "@")))
    bytes[place] = 0xFF
    let reading = try Reading(bytes)
    #expect(reading.rejection("CGC-1001")?.reason == "the segment holds bytes that are not UTF-8 text")
    #expect(reading.claims.map(\.claimNumber.text) == ["CGC-1002"])
  }

  @Test("a name in UTF-8 is kept")
  func unicode() throws {
    let reading = try Reading(try Self.professional("MARLOWE*IRIS", "NÚÑEZ*ÍRIS"))
    #expect(reading.claim("CGC-1001")?.subscriber.name.last == "NÚÑEZ")
  }

  @Test("a claim with more lines than the guide allows is rejected", arguments: [51, 10_000])
  func tooManyLines(count: Int) throws {
    let more = (3...count).map { "LX*\($0)~\nSV1*HC:J1885*1*UN*1***1~\nDTP*472*D8*20260216~\n" }.joined()
    let reading = try Reading(try Self.professional("HL*3*1*22*1~", more + "HL*3*1*22*1~"))
    #expect(reading.rejection("CGC-1001")?.reason == "loop 2400 stands more often than the guide allows")
    #expect(reading.claims.count == 1)
  }

  @Test("a claim without a service line is rejected")
  func noLines() throws {
    let text = try Fixture.text("institutional.x12").replacing("*0*P*:~", with: "*0*T*:~")
      .replacing(/(LX|SV2|DTP\*472)[^~]*~\n/, with: "")
    let reading = try Reading(text)
    #expect(reading.rejections.map(\.reason) == ["loop 2400 has no LX, which is required"])
  }

  @Test("dental claims are refused by name")
  func dental() throws {
    let text = try Fixture.text("professional.x12").replacing("SV1*HC:", with: "SV3*AD:")
    let reading = try Reading(text)
    #expect(reading.rejections.map(\.reason) == Array(repeating: "dental claims (837D) are not supported", count: 2))
  }

  @Test("an endless segment is skipped, and its claim is rejected")
  func endlessSegment() throws {
    let note = "NTE*ADD*" + String(repeating: "A", count: 300_000)
    let reading = try Reading(try Self.professional("REF*6R*L1", note))
    #expect(reading.rejection("CGC-1001")?.reason == "the segment is longer than 65536 bytes")
    #expect(reading.claims.count == 1)
  }

  @Test("a missing HL never assigns one member's claim to another member")
  func lostHierarchy() throws {
    for damaged in ["", "XL*3*1*22*1~\n", "HL*3*1*2Z*1~\n"] {
      let text = try Self.professional("HL*3*1*22*1~\n", damaged)
      let reading = try Reading(text)
      #expect(reading.claims.allSatisfy { $0.claimNumber != ClaimNumber("CGC-1002") })
      #expect(reading.accounted == 2)
    }
  }

  @Test("reasons contain no member data")
  func noMemberData() throws {
    let reading = try Reading(try Self.professional("DMG*D8*19810514", "DMG*D8*MARLOWE1"))
    #expect(!reading.rejections.map(\.reason).joined().contains("MARLOWE"))
  }
}
