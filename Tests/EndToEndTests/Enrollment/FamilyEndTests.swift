import Foundation
import TestSupport
import Testing

@Suite("claims enroll: what happens to the dependents when a subscriber's coverage ends", .postgres)
struct FamilyEndTests {
  private static let begin = ["HD*021**HLT*PPO", "DTP*348*D8*20260101"]
  private static let family =
    EnrollmentFile.subscriber("021", "FAM1") + begin + EnrollmentFile.child("021", of: "FAM1") + begin
    + EnrollmentFile.subscriber("021", "FAM2") + begin

  private static let coverages =
    "SELECT number || ' ' || plan_id || ' ' || last_day FROM coverages WHERE number LIKE 'FAM%' ORDER BY number"

  /// - Returns: the program's output.
  private static func enroll(
    _ people: [String], batch: String, _ office: Office, _ store: StoreInUse
  ) async throws -> String {
    try office.write(EnrollmentFile(batch: batch, people: people).text, to: "\(batch).834")
    let run = try await office.claims(["enroll", "\(batch).834"] + store.option)
    #expect(run.way == .exited(0), "\(run.errors)")
    return run.text
  }

  /// The sample claims of one family, changed to another subscriber and child.
  private static let claims = SampleClaims.text.replacing("PO1001", with: "FAM1").replacing("INES", with: "PIP")
    .replacing("20140227", with: "20150505")

  @Test(
    "the end of eligibility (DTP*357) ends the dependents too, and lists their claims; a reinstated subscriber returns alone",
    arguments: StoreKind.allCases)
  func familyEnds(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    _ = try await Self.enroll(Self.family, batch: "begin", office, store)
    try office.write(Self.claims, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    let child = try await office.claims(["show", "DEMO-003", "--output", "json"] + store.option)
    #expect(child.text.contains(#""status":"paid""#), "\(child.text)")

    let end = EnrollmentFile.ended("FAM1", on: "20260228")
    let said = try await Self.enroll(end, batch: "end", office, store)
    #expect(said.hasPrefix("1 read: 1 changed, "))
    #expect(said.contains("\nended with the subscriber's coverage: 1 dependent\n"), "\(said)")
    let intake = try #require(child.text.firstMatch(of: /"claim_intake_id":"(CLM-\w+)"/)?.output.1)
    #expect(said.contains("  \(intake)\n"), "the child's claim is not listed: \(said)")
    #expect(
      try await store.sql(Self.coverages) == [
        "FAM1 PPO 2026-02-28", "FAM1/2015-05-05/PIP PPO 2026-02-28", "FAM2 PPO 9999-12-31",
      ])
    let again = try await Self.enroll(end, batch: "end", office, store)
    #expect(again.hasPrefix("1 read: 0 changed, 0 as they were, 1 taken in before, ") && !again.contains("ended with"))

    try office.write(Self.claims.replacing("DEMO-0", with: "LATER-0"), to: "later.837")
    let later = try await office.process(["later.837", "--output", "json"] + store.option)
    let line = try #require(later.jsonLines.first { $0.contains("LATER-003") })
    #expect(line.contains(#""status":"denied""#) && line.contains(#""group":"PR","code":"27""#), "\(line)")

    _ = try await Self.enroll(EnrollmentFile.subscriber("025", "FAM1"), batch: "again", office, store)
    #expect(
      try await store.sql(Self.coverages) == [
        "FAM1 PPO 9999-12-31", "FAM1/2015-05-05/PIP PPO 2026-02-28", "FAM2 PPO 9999-12-31",
      ])
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("the end of a plan (DTP*349) applies to the subscriber alone: dependents may continue without one")
  func planEnds() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    _ = try await Self.enroll(Self.family, batch: "begin", office, store)
    let end = EnrollmentFile.subscriber("024", "FAM1", "HD*024**HLT*PPO", "DTP*349*D8*20260228")
    #expect(!(try await Self.enroll(end, batch: "end", office, store)).contains("ended with"))
    #expect(
      try await store.sql(Self.coverages) == [
        "FAM1 PPO 2026-02-28", "FAM1/2015-05-05/PIP PPO 9999-12-31", "FAM2 PPO 9999-12-31",
      ])
  }

  @Test("an entry for a dependent in the same file takes precedence, whether it is before the subscriber or after")
  func saidOfDependent() async throws {
    for (batch, childIsFirst, others) in [("first", true, 0), ("last", false, 0), ("page", false, 199)] {
      let office = try Office()
      let store = try await StoreKind.sqlite.store(in: office)
      _ = try await Self.enroll(Self.family, batch: "begin", office, store)
      let child = EnrollmentFile.child("024", of: "FAM1", "HD*024**HLT*PPO", "DTP*349*D8*20260430")
      let subscriber = EnrollmentFile.ended("FAM1", on: "20260228")
      // Enough people for a page of people to end between the two.
      let before = (0..<others).flatMap { EnrollmentFile.subscriber("021", "OTHER\($0)") + Self.begin }
      let said = try await Self.enroll(
        before + (childIsFirst ? child + subscriber : subscriber + child), batch: batch, office, store)
      let count = others + 2
      #expect(said.hasPrefix("\(count) read: \(count) changed, ") && !said.contains("ended with"), "\(said)")
      #expect(
        try await store.sql(Self.coverages) == [
          "FAM1 PPO 2026-02-28", "FAM1/2015-05-05/PIP PPO 2026-04-30", "FAM2 PPO 9999-12-31",
        ])
    }
  }
}
