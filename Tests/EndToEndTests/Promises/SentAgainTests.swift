import Testing

@Suite("A claim that is sent again with a change is not paid a second time without a person")
struct SentAgainTests {
  /// DEMO-001, an office visit of 180.00, of which 95.00 was paid.
  private static let claim = "CLM*DEMO-001*180***11:B:1*Y*A*Y*Y"

  @Test(
    "a cent more, a modifier or another rendering provider makes it wait, under its own number or another",
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

  @Test("an appeal against its denial is told how to go on, by an option that appeals have")
  func appealed() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let other = SampleClaims.text.replacing("CLM*DEMO-001*180*", with: "CLM*OTHER-1*180.01*")
      .replacing("SV1*HC:G0463*180*", with: "SV1*HC:G0463*180.01*", maxReplacements: 1)
    try office.write(other, to: "again.837")
    _ = try await office.process("again.837")
    let store = ["--store", "sqlite:claims.db"]
    let denied = try await office.claims(
      ["suspense", "deny", "OTHER-1", "--code", "OA-18", "--reason", "the same"] + store)
    #expect(denied.way == .exited(0), "\(denied)")
    let appeal = ["adjust", "OTHER-1", "--cause", "appeal", "--reason", "two visits"] + store
    let told = try await office.claims(appeal)
    #expect(told.way != .exited(0) && told.errors.contains("give `--waive near-duplicate` too"), "\(told)")
    #expect(try await office.claims(appeal + ["--waive", "near-duplicate"]).way == .exited(0))
  }

  @Test("a released claim is paid only beside the claims that it was compared with", arguments: StoreKind.allCases)
  func compared(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let visit = "DTP*472*D8*20260302~"
    for (number, days) in [
      ("DEMO-001", visit), ("SPAN-1", "DTP*472*RD8*20260302-20260304~"), ("LATER-1", "DTP*472*D8*20260304~"),
    ] {
      let text = SampleClaims.text.replacing("CLM*DEMO-001*", with: "CLM*\(number)*")
      try #require(text.contains(visit))
      try office.write(text.replacing(visit, with: days, maxReplacements: 1), to: "\(number).837")
      let run = try await office.process(["\(number).837", "--output", "json"] + store.option)
      #expect(try run.reports().first?.status == (number == "SPAN-1" ? "suspended" : "paid"), "\(run)")
    }
    let show = try await office.claims(["show", "LATER-1"] + store.option)
    let later = String(try #require(show.text.firstMatch(of: /CLM-[0-9a-f]+/)?.output))
    let release = ["suspense", "release", "SPAN-1", "--reason", "other care"] + store.option
    let unseen = try await office.claims(release)
    #expect(unseen.way != .exited(0) && unseen.errors.contains("has to be compared with \(later) too"), "\(unseen)")
    try await office.bankPaid(6)
    let seen = try await office.claims(release + ["--also", later])
    #expect(seen.way == .exited(0), "\(seen)")
    try await office.bankPaid(7)
  }
}
