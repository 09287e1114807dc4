import ClaimsDomain
import Testing

@Suite("Checks of a claim by agreement with its sender")
struct PartnerCheckTests {
  @Test("CMS's own example and another number in use pass", arguments: ["1234567893", "1245319599"])
  func published(npi: String) {
    #expect(NPICheckDigit.holds(in: npi))
  }

  @Test("Exactly one of the ten check digits passes: Luhn's digit for 80840 and the nine digits", arguments: Seeds.all)
  func oneOfTen(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let stem = String(Int.random(in: 100_000_000...299_999_999, using: &random))
      let passing = (0...9).map { "\(stem)\($0)" }.filter(NPICheckDigit.holds)
      #expect(passing == (0...9).map { "\(stem)\($0)" }.filter { Self.luhn("80840\($0)") == 0 })
      #expect(passing.count == 1, "\(stem)")
    }
  }

  @Test("One wrong digit is found, wherever it is", arguments: 0..<10)
  func oneWrongDigit(place: Int) {
    let right = Array("1234567893")
    for digit in "0123456789" where digit != right[place] {
      var wrong = right
      wrong[place] = digit
      #expect(!NPICheckDigit.holds(in: String(wrong)))
    }
  }

  @Test(
    "A text that is not ten digits is not an NPI",
    arguments: ["", "123456789", "12345678930", "123456789X", " 123456789", "１２３４５６７８９３"])
  func form(npi: String) {
    #expect(!NPICheckDigit.holds(in: npi))
  }

  /// Luhn's sum modulo ten, computed from the right as the standard describes it.
  private static func luhn(_ digits: String) -> Int {
    digits.reversed().enumerated().reduce(0) { sum, item in
      let digit = item.element.wholeNumberValue ?? 0
      let doubled = item.offset.isMultiple(of: 2) ? digit : 2 * digit
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    } % 10
  }

  private static func findings(_ change: (inout SubmittedClaim) throws -> Void) throws -> [PartnerFinding] {
    var claim = try Sample.claim([Sample.line(1, charge: "1"), Sample.line(2, charge: "2")])
    claim.diagnoses = ["E119"]
    try change(&claim)
    return claim.partnerFindings
  }

  @Test("A valid claim passes all checks, and a provider without an NPI is not checked")
  func inOrder() throws {
    #expect(try Self.findings { _ in } == [])
    #expect(try Self.findings { $0.billingProvider.npi = nil } == [])
  }

  @Test("The NPIs of the billing and the rendering provider are checked, and reported by loop")
  func providers() throws {
    let billing = try Self.findings { $0.billingProvider.npi = "1234567890" }
    #expect(billing.map(\.element) == ["NM1*85"])
    let rendering = try Self.findings { $0.renderingProvider = Provider(name: "Doctor", npi: "1234567894") }
    let reason = "the NPI of the rendering provider (NM109) fails its check digit"
    #expect(rendering.map { $0.text(inX12: true) } == ["NM1*82: \(reason)"])
    #expect(rendering.map { $0.text(inX12: false) } == [reason])
  }

  @Test(
    "A diagnosis is a letter, a digit, and one to five letters or digits",
    arguments: [
      ("E11", true), ("E119", true), ("C4A9", true), ("S72001A", true), ("4019", false), ("E1", false), ("", false),
      ("E11.9", false), ("e119", false), ("EE19", false), ("S72001AB", false),
    ])
  func diagnoses(code: String, isFine: Bool) throws {
    let findings = try Self.findings { $0.diagnoses.append(code) }
    #expect(findings.map(\.element) == (isFine ? [] : ["HI02-2"]))
  }

  @Test("Care before 1 October 2015 is not checked, since it was coded differently")
  func before() throws {
    func findings(on day: String) throws -> [PartnerCheck] {
      var claim = try Sample.claim([Sample.line(charge: "1", on: day)])
      claim.diagnoses = ["4019"]
      return claim.partnerFindings.map(\.check)
    }
    #expect(try findings(on: "2015-09-30") == [])
    #expect(try findings(on: "2015-10-01") == [.diagnosis])
  }

  @Test(
    "A HCPCS procedure is five digits, four digits and a letter, or a letter and four digits",
    arguments: [
      ("G0463", true), ("99213", true), ("0001U", true), ("G046", false), ("G04633", false), ("GG463", false),
      ("g0463", false), ("G046X", false), ("9921 ", false),
    ])
  func procedures(code: String, isFine: Bool) throws {
    let findings = try Self.findings { $0.lines[1].procedure = ProcedureCode(code: code) }
    #expect(findings.map(\.element) == (isFine ? [] : ["SV101-2"]))
    #expect(try Self.findings { $0.lines[1].procedure = ProcedureCode(qualifier: "IV", code: code) } == [])
  }

  @Test("A place of service is two digits, on the claim and on each line", arguments: ["1", "111", "1A", "", "aa"])
  func places(place: String) throws {
    #expect(try Self.findings { $0.facilityCode = place }.map(\.element) == ["CLM05"])
    #expect(try Self.findings { $0.lines[1].placeOfService = place }.map(\.element) == ["SV105"])
  }

  @Test("No finding repeats the checked value, since a diagnosis is private")
  func silence() throws {
    let findings = try Self.findings {
      $0.billingProvider.npi = "1999999999"
      $0.diagnoses = ["XX777"]
      $0.facilityCode = "8Q"
      $0.lines[0].procedure = ProcedureCode(code: "QQ888")
    }
    #expect(findings.map(\.check) == PartnerCheck.allCases)
    for text in findings.map({ $0.text(inX12: true) }) {
      #expect(!["1999999999", "XX777", "8Q", "QQ888"].contains(where: text.contains), "\(text)")
    }
  }
}
