import ClaimsDomain
import TestSupport
import Testing

/// Who may be liable, who pays first and which days are covered is said in many places of a claim.
@Suite("What a claim says in codes beside CLM is read")
struct BillingCodesTests {
  /// The text with its changes, and as many segments as its trailer says.
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
    "an accident or the employment is one wherever an institution says it",
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
    "and wherever a professional says it",
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

  @Test("a claim that says none is related to nothing")
  func none() throws {
    #expect(try Self.claim("institutional.x12", "LGH-77").relatedCauses == nil)
    #expect(try Self.claim("professional.x12", "CGC-1001").relatedCauses == nil)
  }

  @Test("a value code of another payer contradicts a primary claim, until a person says whose turn it is")
  func valueCode() throws {
    var claim = try Self.claim("institutional.x12", "LGH-77", ("BH:11:D8:20260205", "BE:12:::500"))
    #expect(SuspenseReason(claim, coordinates: true) == .payersContradict)
    claim.revision = ClaimRevision(
      replaces: ClaimIntakeID("CLM-1"), cause: .otherPayer, ruleset: RulesetID("R"), turn: .primary)
    #expect(SuspenseReason(claim, coordinates: true) == nil)
  }

  @Test("covered days, days that are not, leave, patient status and a billing for denial are of the stay")
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
    "days that are none, an admission after the stay and a total as a service are sent back",
    arguments: [
      ("BH:11:D8:20260205", "BE:80:::X", "HI01-5"),
      ("DTP*434*RD8*20260205-20260206", "DTP*434*RD8*20260205-20260206~\nDTP*435*DT*202602081200", "DTP*435"),
      ("SV2*0540*HC:A0428:RH*900", "SV2*0001**900", "SV201"), ("SV2*0540*HC:A0428:RH*900", "SV2*001**900", "SV201"),
    ])
  func sentBack(part: String, replacement: String, element: String) throws {
    let rejection = try Reading(Self.text("institutional.x12", [(part, replacement)])).rejection("LGH-77")
    #expect(rejection?.location.element == element, "\(String(describing: rejection))")
  }

  @Test("a pilot of 4010 is a test, and another claim than the one in earnest")
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

  @Test("a claim that says it is a predetermination (CLM19) is sent back")
  func predetermination() throws {
    let change = ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**********PB~")
    let rejection = try Reading(Self.text("professional.x12", [change])).rejection("CGC-1001")
    #expect(rejection?.location.element == "CLM19", "\(String(describing: rejection))")
  }
}
