import ClaimsDomain
import TestSupport
import Testing

/// Many parts of a claim state who may be liable, who pays first, and which days are covered.
@Suite("A claim's codes outside CLM are read")
struct BillingCodesTests {
  /// Returns the text with the changes, and with the matching segment count in its trailer.
  private static func text(_ file: String, _ changes: [(String, String)]) throws -> String {
    var text = try Fixture.text(file)
    for (from, to) in changes {
      try #require(text.contains(from), "\(from)")
      let added = to.count { $0 == "~" } - from.count { $0 == "~" }
      text = text.replacing(from, with: to).replacing(/SE\*(\d+)\*/) { "SE*\((Int($0.1) ?? 0) + added)*" }
    }
    return text
  }

  private static func claim(_ file: String, _ number: String, _ changes: (String, String)...) throws -> SubmittedClaim {
    try #require(try Reading(text(file, changes)).claim(number))
  }

  @Test(
    "an institutional claim is related to an accident or employment, whichever element states it",
    arguments: [
      ("BH:01:D8:20260205", "OA"), ("BH:02:D8:20260205", "AA"), ("BH:04:D8:20260205", "EM"),
      ("BH:11:D8:20260205*BH:05:D8:20260205", "OA"), ("BG:02", "EM"), ("BE:14:::500", "AA"), ("BE:15:::500", "EM"),
      ("BE:47:::500", "OA"),
    ])
  func institution(codes: String, cause: String) throws {
    let claim = try Self.claim("institutional.x12", "LGH-77", ("BH:11:D8:20260205", codes))
    #expect(claim.relatedCauses == [cause])
    #expect(SuspenseReason(claim, coordinates: true) == .liability)
  }

  @Test(
    "a professional claim is related to an accident or employment, whichever element states it",
    arguments: [
      ("REF*G1*AUTH7781", "REF*G1*AUTH7781~\nREF*Y4*PC77"),
      ("REF*G1*AUTH7781", "DTP*439*D8*20260210~\nREF*G1*AUTH7781"),
      ("SBR*P*18*GRP100******CI", "SBR*P*18*GRP100******WC"), ("SBR*P*18*GRP100******CI", "SBR*P*18*GRP100******AM"),
      ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**AA~"),
    ])
  func professional(part: String, replacement: String) throws {
    let claim = try Self.claim("professional.x12", "CGC-1001", (part, replacement))
    #expect(claim.relatedCauses?.isEmpty == false && SuspenseReason(claim, coordinates: true) == .liability)
  }

  @Test("a claim that states no related cause has none")
  func none() throws {
    #expect(try Self.claim("institutional.x12", "LGH-77").relatedCauses == nil)
    #expect(try Self.claim("professional.x12", "CGC-1001").relatedCauses == nil)
  }

  @Test("another payer's value code contradicts a primary claim, until a person decides which payer's turn it is")
  func valueCode() throws {
    var claim = try Self.claim("institutional.x12", "LGH-77", ("BH:11:D8:20260205", "BE:12:::500"))
    #expect(SuspenseReason(claim, coordinates: true) == .payersContradict)
    claim.revision = ClaimRevision(
      replaces: ClaimIntakeID("CLM-1"), cause: .otherPayer, ruleset: RulesetID("R"), turn: .primary)
    #expect(SuspenseReason(claim, coordinates: true) == nil)
  }

  @Test("covered and noncovered days, leave, patient status and billing for denial become part of the stay")
  func stay() throws {
    let codes = "BE:80:::3*BE:81:::2~\nHI*BI:74:RD8:20260205-20260206~\nHI*BG:21"
    let claim = try Self.claim(
      "institutional.x12", "LGH-77", ("BH:11:D8:20260205", codes), ("CL1*3*1*01", "CL1*3*1*30"))
    var stay = FacilityStay()
    (stay.coveredDays, stay.noncoveredDays, stay.patientStatus) = (3, 2, "30")
    (stay.hasNoncoveredSpan, stay.isForDenial) = (true, true)
    #expect(claim.stay == stay)
    #expect(SuspenseReason(claim, coordinates: true) == .billedForDenial)
  }

  @Test(
    "invalid day counts, an admission after the stay and a total billed as a service are sent back",
    arguments: [
      ("BH:11:D8:20260205", "BE:80:::X", "HI01-5"),
      ("DTP*434*RD8*20260205-20260206", "DTP*434*RD8*20260205-20260206~\nDTP*435*DT*202602081200", "DTP*435"),
      ("SV2*0540*HC:A0428:RH*900", "SV2*0001**900", "SV201"), ("SV2*0540*HC:A0428:RH*900", "SV2*001**900", "SV201"),
    ])
  func sentBack(part: String, replacement: String, element: String) throws {
    let rejection = try Reading(Self.text("institutional.x12", [(part, replacement)])).rejection("LGH-77")
    #expect(rejection?.location.element == element, "\(String(describing: rejection))")
  }

  @Test("a 4010 pilot claim is a test, and differs from the same claim in production")
  func pilot() throws {
    func claims(_ guide: String) throws -> SubmittedClaim {
      let changes = [
        ("005010X222A1", "004010X098A1"), ("ST*837*0001*004010X098A1", "ST*837*0001"), ("*00501*", "*00401*"),
        ("*CH~\n", "*CH~\nREF*87*\(guide)~\n"), ("ABK:", "BK:"), ("ABF:", "BF:"),
      ]
      let reading = try Reading(Self.text("professional.x12", changes))
      return try #require(reading.claim("CGC-1001"), "\(reading.rejections)")
    }
    let (earnest, pilot) = (try claims("004010X098A1"), try claims("004010X098DA1"))
    #expect(earnest.isTest == nil && pilot.isTest == true && earnest.digest != pilot.digest)
  }

  @Test("a claim marked as a predetermination (CLM19) is sent back")
  func predetermination() throws {
    let change = ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**********PB~")
    let rejection = try Reading(Self.text("professional.x12", [change])).rejection("CGC-1001")
    #expect(rejection?.location.element == "CLM19", "\(String(describing: rejection))")
  }
}
