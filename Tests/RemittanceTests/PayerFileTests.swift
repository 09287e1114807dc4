import ClaimFormats
import ClaimsDomain
import Fixtures
import Testing

@Suite("A file describes the payer, and a mistake in it is reported with its line")
struct PayerFileTests {
  private static let sample = String(decoding: SampleFiles.payer.bytes, as: UTF8.self)

  private static func issuer(_ text: String) throws -> RemittanceIssuer {
    try PayerFile(SourceFile(name: "payer.yaml", bytes: Array(text.utf8))).issuer()
  }

  @Test("the sample is read, and is not for production")
  func sample() throws {
    let issuer = try Self.issuer(Self.sample)
    #expect(issuer.payer.name == "Sample Health Plan" && issuer.originator == "1591112222" && !issuer.isProduction)
    #expect(issuer.filingIndicator(of: PlanID("HMO")) == "HM" && issuer.filingIndicator(of: nil) == "ZZ")
  }

  @Test(
    "a mistake is reported with its place",
    arguments: [
      ("tax_id: \"591112222\"", "tax_id: 59-1112222", "payer.yaml:6:9: tax_id must be a tax number"),
      ("name: Sample Health Plan\n", "", "the payer has no \"name\""),
      ("payer_id: SAMPLE01", "payer_id: FAR-TOO-LONG-A-NAME", "payer_id must be 1 to 15 letters and digits"),
      ("filing_indicator: HM", "filing_indicator: QQ", "filing_indicator must be one of"),
      ("  lines: [12 Heron Way]", "  lines: []", "an address has one line or two"),
      ("telephone: \"5555550102\"", "telephone: 555-0102", "telephone must be a telephone number of ten digits"),
      ("postal_code: \"627050070\"", "zip: \"62705\"", "unknown key \"zip\" in appeals_address"),
      ("appeal_days: 180", "appeal_days: half a year", "appeal_days must be a whole number of days"),
      ("production: false", "productoin: true", "unknown key \"productoin\" in the payer; did you mean"),
    ])
  func wrong(part: String, replacement: String, reason: String) throws {
    let text = Self.sample.replacing(part, with: replacement, maxReplacements: 1)
    #expect(text != Self.sample)
    let error = #expect(throws: PlanFileError.self) { try Self.issuer(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("what letters to members need is read, and may be missing")
  func letterhead() throws {
    let file = PayerFile(SourceFile(name: "payer.yaml", bytes: SampleFiles.payer.bytes))
    let letterhead = try file.payer().letterhead
    #expect(letterhead.name == "Sample Health Plan" && letterhead.contact?.telephone == "5555550102")
    #expect(letterhead.appealsAddress?.lines == ["Appeals", "PO Box 70"])
    #expect(letterhead.appealDays == [PlanID("PPO"): 180, PlanID("HMO"): 180, PlanID("HDHP"): 180])
    let bare = Self.sample.replacing(/\nmember_contact:(\n .*)+/, with: "")
      .replacing(/\nappeals_address:(\n .*)+/, with: "").replacing(/\n +appeal_days: 180/, with: "")
    let plain = try PayerFile(SourceFile(name: "payer.yaml", bytes: Array(bare.utf8))).payer().letterhead
    #expect(plain.contact == nil && plain.appealsAddress == nil && plain.appealDays.isEmpty)
  }

  @Test("a payer is in production unless the file says otherwise")
  func production() throws {
    #expect(try Self.issuer(Self.sample.replacing("production: false\n", with: "")).isProduction)
  }
}
