import Testing

@Suite("Each decided claim has a letter")
struct LetterTests {
  @Test("--eob writes a page and a text for each claim, and a second run writes the same files")
  func letters() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--eob", "letters")
    let files = try await office.shell("ls letters | sed 's/.*\\.//' | sort | uniq -c | tr -s ' '")
    #expect(files.text == " 13 html\n 13 txt\n")
    let paid = try await office.shell("cat letters/*.txt | grep -c '\\$135.10'")
    #expect(paid.way == .exited(0))
    let digests = try await office.shell("sha256sum letters/*")
    _ = try await office.process("in.837", "--eob", "letters")
    #expect(try await office.shell("sha256sum letters/*").output == digests.output)
  }

  /// A payer's file with a name of its own.
  private static let payer = """
    name: Harbor Health Plan
    payer_id: HARB1
    tax_id: "591113333"
    address: {lines: [1 Quay Street], city: Springfield, state: IL, postal_code: "627010000"}
    technical_contact: {name: EDI Desk, telephone: "5555550101"}
    member_contact: {telephone: "5555550177"}
    plans: [{id: PPO, filing_indicator: "12", appeal_days: 90}]
    """

  /// The sample claims, as they name a payer of their own making.
  private static func evilTwin(number: String) -> String {
    SampleClaims.text.replacing(
      "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01", with: "NM1*PR*2*EVIL TWIN INSURANCE*****PI*\(number)")
  }

  @Test(
    "the head of a letter is the payer's own, whatever the claim calls its payer",
    arguments: StoreKind.allCases)
  func letterhead(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(Self.payer, to: "payer.yaml")
    try office.write(Self.evilTwin(number: "SAMPLE01"), to: "in.837")
    _ = try await office.process(["in.837", "--eob", "letters", "--payer", "payer.yaml"] + store.option)
    let heads = try await office.shell("head -4 letters/*.txt | grep -c 'Harbor Health Plan'")
    #expect(heads.text == "13\n")
    #expect(try await office.shell("grep -ril 'evil twin' letters").text.isEmpty)
    let own = try await office.claims(["eob", "DEMO-001", "--payer", "payer.yaml"] + store.option).text
    #expect(own.contains("555-555-0177") && own.contains("You have 90 days") && !own.contains("EVIL"))
    let sample = try await office.claims(["eob", "DEMO-001"] + store.option).text
    #expect(sample.contains("Sample Health Plan") && !sample.contains("EVIL"))
  }

  @Test("without a payer's file, a claim to another payer has its plan at the head, or the payer's number")
  func noPayerFile() async throws {
    let office = try Office()
    try office.write(Self.evilTwin(number: "OTHER9"), to: "in.837")
    _ = try await office.process("in.837", "--eob", "letters")
    let covered = try await office.claims(["eob", "DEMO-001"]).text
    #expect(covered.contains("Preferred Provider Organization 750   "))
    let unknown = try await office.claims(["eob", "DEMO-009"]).text
    #expect(unknown.contains("Payer OTHER9   "))
    #expect(try await office.shell("grep -riEl 'evil twin|sample health plan' letters").text.isEmpty)
  }

  @Test(
    "a letter has the day on which the decision went on record, so it is the same on every later day",
    arguments: StoreKind.allCases)
  func issued(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    // As if the decisions had been made on another day: the evening of May 3, 2026 (UTC).
    try await store.sql("UPDATE effect_keys SET completed_at = 1777847400000000 WHERE key LIKE 'idemp:adj:%'")
    let letter = try await office.claims(["eob", "DEMO-001"] + store.option).text
    #expect(letter.contains("Date                May 3, 2026\n"))
    _ = try await office.process(["in.837", "--eob", "letters"] + store.option)
    #expect(try await office.shell("cat letters/*.txt | grep -c 'Date  *May 3, 2026'").text == "13\n")
  }

  @Test("a folder that cannot be created is refused before any claim is decided")
  func noFolder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--eob", "in.837/letters")
    #expect(run.way == .exited(65))
    #expect(run.complaints == ["claims: --eob in.837/letters: the folder cannot be made; name one you may write"])
    if office.has("claims.db") { try await office.bankPaid(0) }
  }
}
