import Foundation
import TestSupport
import Testing

@Suite("No member file and no run undoes what an enrollment transaction has settled", .postgres)
struct SettledEnrollmentTests {
  private static func enroll(
    _ people: [String], batch: String, _ office: Office, _ store: StoreInUse
  ) async throws {
    try office.write(EnrollmentFile(batch: batch, people: people).text, to: "\(batch).834")
    let run = try await office.claims(["enroll", "\(batch).834", "--plan", "PPO"] + store.option)
    #expect(run.way == .exited(0), "\(run.errors)")
  }

  private static let begin = ["HD*021**HLT*PPO", "DTP*348*D8*20260101"]

  /// - Returns: the claim's status and the program's messages.
  private static func process(
    _ number: String, with options: [String], _ office: Office, _ store: StoreInUse
  ) async throws -> (String, String) {
    try office.write(
      ManyClaims(count: 1, seed: 51).text.replacing("MANY-1", with: number), to: "\(number).837")
    let run = try await office.process(["\(number).837", "--output", "json"] + options + store.option)
    return (try #require(try run.reports().first, "\(run.errors)").status, run.errors)
  }

  @Test(
    "a member file with the member, and --enroll, do not undo an end or a deletion",
    arguments: StoreKind.allCases)
  func stays(on kind: StoreKind) async throws {
    let ends = [
      EnrollmentFile.subscriber("024", "MANY1", "HD*024**HLT*PPO", "DTP*349*D8*20260110"),
      EnrollmentFile.subscriber("002", "MANY1", "HD*002**HLT*PPO"),
    ]
    for (end, reason) in zip(ends, ["27", "31"]) {
      let office = try Office()
      let store = try await kind.store(in: office)
      try await Self.enroll(EnrollmentFile.subscriber("021", "MANY1") + Self.begin, batch: "begin", office, store)
      try await Self.enroll(end, batch: "end", office, store)
      try office.writePlans(to: "rules")
      try office.write(
        "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
          + "MANY1,,Edda,Marlowe,1984-05-12,self,PPO,2026-01-01,\n", to: "rules/members/late.csv")
      let (byFile, said) = try await Self.process("MANY-1", with: ["--plans", "rules"], office, store)
      #expect(byFile == "denied" && said.contains("1 member of the member files differ"), "\(said)")
      #expect(!said.contains("MANY1"))
      let (byOption, _) = try await Self.process("MANY-2", with: ["--enroll", "PPO"], office, store)
      #expect(byOption == "denied", "--enroll restored coverage that the sponsor has ended")
      let show = try await office.claims(["show", "MANY-2"] + store.option)
      #expect(show.text.contains("PR-\(reason)"), "\(show.text)")
      try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
    }
  }

  @Test(
    "verify finds a change made outside the program, and names the transaction and not the member",
    arguments: StoreKind.allCases)
  func verified(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try await Self.enroll(EnrollmentFile.subscriber("021", "MANY1") + Self.begin, batch: "begin", office, store)
    #expect(try await Self.process("MANY-1", with: [], office, store).0 == "paid")
    try await store.sql("UPDATE coverages SET last_day = '2026-12-31' WHERE number = 'MANY1'")
    let verify = try await office.claims(["verify", "--bank-db", "claims.bank.db"] + store.option)
    #expect(verify.way == .exited(1) && verify.text.contains("coverage-as-settled"), "\(verify.text)\(verify.errors)")
    #expect(!(verify.text + verify.errors).contains("MANY1"))
    // The sponsor sends the coverage again, in another batch.
    try await Self.enroll(EnrollmentFile.subscriber("001", "MANY1") + Self.begin, batch: "again", office, store)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("relatives of a person in a transaction still follow the member file, unless a transaction covers them too")
  func family() async throws {
    for came in [false, true] {
      let office = try Office()
      let store = try await StoreKind.sqlite.store(in: office)
      if came {
        try await Self.enroll(EnrollmentFile.subscriber("021", "MANY1") + Self.begin, batch: "begin", office, store)
      }
      try office.writePlans(to: "rules")
      func file(_ last: String) throws {
        try office.write(
          "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
            + "MANY1,,Edda,Marlowe,1984-05-12,self,PPO,2026-01-01,\(last)\n", to: "rules/members/late.csv")
      }
      try file("")
      _ = try await Self.process("MANY-1", with: ["--plans", "rules"], office, store)
      // A transaction adds the child, which makes the subscriber's coverage family coverage.
      try await Self.enroll(EnrollmentFile.child("021", of: "MANY1") + Self.begin, batch: "child", office, store)
      try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
      try file("2026-06-30")
      let (_, said) = try await Self.process("MANY-2", with: ["--plans", "rules"], office, store)
      #expect(said.contains("differ from an enrollment transaction") == came, "\(said)")
      let spans = try await store.sql("SELECT last_day FROM coverages WHERE number = 'MANY1'")
      #expect(spans == [came ? "9999-12-31" : "2026-06-30"])
      try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
    }
  }

  @Test("verify accepts a claim that a person released as other care")
  func otherCare() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    #expect(try await Self.process("MANY-1", with: ["--enroll", "PPO"], office, store).0 == "paid")
    #expect(try await Self.process("MANY-2", with: ["--enroll", "PPO"], office, store).0 == "denied")
    let adjusted = try await office.claims(
      [
        "adjust", "MANY-2", "--cause", "appeal", "--waive", "duplicate.other-claim", "--by", "examiner", "--reason",
        "two visits",
      ] + store.option)
    #expect(adjusted.way == .exited(0), "\(adjusted.text)\(adjusted.errors)")
    try await office.bankPaid(2)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("a child without a number is not enrolled again when a file corrects the birth date")
  func correctedChild() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    func file(_ children: String...) throws {
      let rows = ["MANY1,,Edda,Marlowe,1984-05-12,self,PPO,2026-01-01,"] + children
      try office.write(
        "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
          + rows.map { $0 + "\n" }.joined(), to: "rules/members/late.csv")
    }
    func people(after number: String) async throws -> (people: [String], said: String) {
      let (_, said) = try await Self.process(number, with: ["--plans", "rules"], office, store)
      let people = try await store.sql("SELECT birth_date FROM coverages WHERE family_id = 'MANY1' ORDER BY birth_date")
      return (people, said)
    }
    try office.writePlans(to: "rules")
    let first = ",MANY1,Pip,Marlowe,2015-05-05,child,PPO,2026-01-01,"
    let corrected = ",MANY1,Pip,Marlowe,2015-05-06,child,PPO,2026-01-01,"
    try file(first)
    let before = try await people(after: "MANY-1")
    #expect(before.people.contains("2015-05-05") && !before.said.contains("left out"))

    try file(corrected)
    let left = try await people(after: "MANY-2")
    #expect(left.people == before.people)
    let wording = "left out 1 dependent of the member files, who may be on record under another birth date"
    #expect(left.said.contains(wording), "\(left)")
    #expect(!left.said.contains("Pip"))
    // Twins with the same name, both in the file, are two people.
    try file(first, corrected)
    let twins = try await people(after: "MANY-3")
    #expect(twins.people.contains("2015-05-06") && !twins.said.contains("left out"), "\(twins)")
  }
}
