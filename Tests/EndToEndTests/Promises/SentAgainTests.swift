import Testing

@Suite("A claim sent again with something changed is not paid a second time by itself")
struct SentAgainTests {
  /// DEMO-001, an office visit of 180.00 that was paid 95.00.
  private static let claim = "CLM*DEMO-001*180***11:B:1*Y*A*Y*Y"

  @Test(
    "under its own number or another: a cent more, a modifier, another rendering provider",
    arguments: ["DEMO-001", "OTHER-1"],
    [
      [("CLM*DEMO-001*180*", "CLM*DEMO-001*180.01*"), ("SV1*HC:G0463*180*", "SV1*HC:G0463*180.01*")],
      [("SV1*HC:G0463*180*", "SV1*HC:G0463:25*180*")],
      [("SE*213*", "SE*214*"), ("LX*1~", "NM1*82*1*COLLEAGUE*KIM****XX*1999999984~\nLX*1~")],
    ])
  func changed(number: String, changes: [(String, String)]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    var text = SampleClaims.text
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new, maxReplacements: 1)
    }
    try office.write(text.replacing("CLM*DEMO-001*", with: "CLM*\(number)*"), to: "again.837")
    let again = try await office.process("again.837", "--output", "json")
    let changed = try #require(try again.reports().first)
    #expect(changed.claimNumber == number && changed.status == "suspended", "\(changed)")
    #expect(
      try await office.claims(["suspense"]).text.contains(
        number == "DEMO-001" ? "claim-number-known: " : "near-duplicate: "))
    try await office.bankPaid(5)
  }
}
