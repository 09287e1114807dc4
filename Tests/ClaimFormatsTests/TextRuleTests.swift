import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("No text of any input contains a control character, and equal texts have equal bytes")
struct TextRuleTests {
  /// Control characters. X12 has them raw; JSON may also escape them.
  static let controls = ["\0", "\u{1}", "\t", "\u{1B}[31m", "\u{7F}", "\u{80}", "\u{9B}31m"]

  @Test("an 837: only the claim with the control character is rejected, with its location", arguments: controls)
  func claim(_ control: String) throws {
    let text = try Fixture.text("professional.x12")
    let whole = try Reading(text)
    let number = try #require(whole.claims.first?.claimNumber.text)
    let reading = try Reading(text.replacing("CLM*\(number)*", with: "CLM*\(number)\(control)*"))
    #expect(reading.rejections.map(\.reason) == ["the segment holds a control character"])
    #expect(reading.rejections.first?.location.element == "CLM")
    #expect(reading.claims.count == whole.claims.count - 1)
  }

  @Test(
    "an 837: a separator in an element without components is part of the text, and never becomes a control character")
  func separators() throws {
    let text = try Fixture.text("professional.x12")
    let member = try #require(try Reading(text).claims.first).subscriber.memberID.text
    for separator in [":", "^"] {
      let reading = try Reading(text.replacing(member, with: "\(member)\(separator)X"))
      #expect(reading.claims.first?.subscriber.memberID.text == "\(member)\(separator)X")
    }
  }

  @Test("JSON: a control character is refused, raw or escaped, in a value or in a name", arguments: controls)
  func json(_ control: String) throws {
    let text = try Fixture.text("claim.json")
    let escaped = control.unicodeScalars.map { scalar in
      let hex = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }.joined()
    for written in [control, escaped] {
      let reading = try Reading(text.replacing("HH100200300", with: "HH100200300\(written)X"))
      #expect(reading.rejections.map(\.reason) == ["holds a control character"])
      #expect(reading.rejections.map(\.location.element) == ["subscriber.member_id"])
      let named = try Reading(text.replacing("\"member_id\"", with: "\"member_id\(written)\""))
      #expect(named.claims.isEmpty && named.rejections.count == 1)
    }
  }

  @Test("JSON: a repeated key is refused, since it is unclear which value counts")
  func repeatedKey() throws {
    let text = try Fixture.text("claim.json")
    let reading = try Reading(
      text.replacing("\"charge\": \"60.50\"", with: "\"charge\": \"6.50\", \"charge\": \"60.50\""))
    #expect(reading.rejections.map(\.reason) == ["is there twice"])
    #expect(reading.rejections.map(\.location.element) == ["lines[1].charge"])
  }

  @Test("JSON: an unpaired surrogate is refused")
  func surrogate() throws {
    let text = try Fixture.text("claim.json")
    let reading = try Reading(text.replacing("HH100200300", with: #"HH\ud800"#))
    #expect(reading.rejections.map(\.reason) == ["holds an unpaired surrogate"])
  }

  @Test("composed and decomposed characters give the same member, the same provider and, in JSON, the same claim")
  func composition() throws {
    let (composed, decomposed) = ("H\u{DC}H1", "HU\u{308}H1")
    for name in ["claim.json", "professional.x12"] {
      let text = try Fixture.text(name)
      let claim = try #require(try Reading(text).claims.first)
      let (member, npi) = (claim.subscriber.memberID.text, try #require(claim.billingProvider.npi))
      let readings = try [composed, decomposed].map { written in
        try Reading(text.replacing(member, with: written).replacing(npi, with: written))
      }
      for reading in readings {
        let read = try #require(reading.claims.first)
        #expect(Array(read.subscriber.memberID.text.utf8) == Array(composed.utf8))
        #expect(Array((read.billingProvider.npi ?? "").utf8) == Array(composed.utf8))
      }
      if name == "claim.json" { #expect(readings[0].claims.map(\.digest) == readings[1].claims.map(\.digest)) }
    }
    #expect(Array(MemberID(decomposed).text.utf8) == Array(composed.utf8))
  }

  @Test("an 834: the person with the control character is refused", arguments: controls)
  func enrollment(_ control: String) throws {
    let bytes = Self.interchange(
      "834", "005010X220A1", code: "BE",
      [
        "BGN*00*1*20260401*1200****2", "N1*P5**FI*1", "N1*IN**FI*2", "INS*Y*18*021*20*A***FT", "REF*0F*PO1\(control)",
        "NM1*IL*1*A*B", "HD*021**HLT",
      ])
    var reader = try EnrollmentReader(MemoryBytes(bytes))
    guard case .member(let member)? = try reader.next() else {
      Issue.record("no member was read")
      return
    }
    #expect(member.problems.first?.reason == "the segment holds a control character")
  }

  @Test(
    "a 270: the question with the control character is refused, and so are those about the subscriber's dependents",
    arguments: controls)
  func inquiry(_ control: String) throws {
    let bytes = Self.interchange(
      "270", "005010X279A1", code: "HS",
      [
        "BHT*0022*13*Q1*20260401*0900", "HL*1**20*1", "NM1*PR*2*PLAN*****PI*P", "HL*2*1*21*1", "NM1*1P*2*C*****XX*1",
        "HL*3*2*22*1", "NM1*IL*1*A*B****MI*PO1\(control)", "EQ*30", "HL*4*3*23*0", "NM1*03*1*A*C", "EQ*30",
        "HL*5*2*22*0", "NM1*IL*1*A*B****MI*PO2", "EQ*30",
      ])
    var reader = try InquiryReader(MemoryBytes(bytes))
    var problems: [String?] = []
    while let item = try reader.next() {
      if case .inquiry(let inquiry) = item { problems.append(inquiry.problems.first?.reason) }
    }
    let reason = "the segment holds a control character"
    #expect(problems == [reason, reason, nil])
  }

  private static func interchange(_ kind: String, _ guide: String, code: String, _ segments: [String]) -> [UInt8] {
    let lines =
      [
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*SAMPLE01       *260401*0900*^*00501*000000007*0*P*:",
        "GS*\(code)*SENDER*SAMPLE01*20260401*0900*7*X*\(guide)", "ST*\(kind)*0001*\(guide)",
      ] + segments + ["SE*\(segments.count + 2)*0001", "GE*1*7", "IEA*1*000000007"]
    return Array((lines.joined(separator: "~\n") + "~\n").utf8)
  }
}
