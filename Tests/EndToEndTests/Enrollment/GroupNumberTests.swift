import Foundation
import TestSupport
import Testing

@Suite("The number of a member's group", .postgres)
struct GroupNumberTests {
  private static let begin = ["HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101"]

  private static func members(_ group: String?) -> String {
    let columns = "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination"
    let row = "MANY1,,Delphine,Marchbank,1990-07-21,self,PPO,2026-01-01,"
    return group.map { "\(columns),group_number\n\(row),\($0)\n" } ?? "\(columns)\n\(row)\n"
  }

  private static func inquiry(of id: String, _ last: String, _ first: String) -> String {
    EligibilityTests.inquiry([
      "HL*3*2*22*0", "TRN*1*T-3*9123456789", "NM1*IL*1*\(last)*\(first)****MI*\(id)", "DTP*291*D8*20260401", "EQ*30",
    ])
  }

  private static func letter(of claim: String, in office: Office, _ store: StoreInUse) async throws -> String {
    let run = try await office.claims(["eob", claim] + store.option)
    #expect(run.way == .exited(0), "\(run.errors)")
    return run.text
  }

  @Test(
    "is taken from an 834, of the person or of one plan, and is in the letter and in the answer to a 270",
    arguments: StoreKind.allCases)
  func enrolled(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 1, seed: 51).text, to: "one.837")
    var person = EnrollmentFile.subscriber("021", "MANY1") + Self.begin
    person.insert("REF*1L*GRP-88", at: 2)
    try office.write(EnrollmentFile(people: person).text, to: "add.834")
    #expect(try await office.claims(["enroll", "add.834"] + store.option).way == .exited(0))
    #expect(try await office.process(["one.837"] + store.option).way == .exited(0))
    #expect(try await Self.letter(of: "MANY-1", in: office, store).contains("Group number        GRP-88\n"))

    // The number of a plan goes before that of the person. It touches no decided claim.
    let other = person.map { $0.replacing("*021*", with: "*001*") } + ["REF*1L*GRP-99"]
    try office.write(EnrollmentFile(batch: "2", people: other).text, to: "other.834")
    let changed = try await office.claims(["enroll", "other.834"] + store.option)
    #expect(changed.text == "1 read: 1 changed, 0 as they were, 0 taken in before, 0 passed over, 0 refused\n")
    #expect(try await Self.letter(of: "MANY-1", in: office, store).contains("Group number        GRP-99\n"))

    // Another group from a later day on touches none either.
    let next = EnrollmentFile.subscriber("021", "MANY1", "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260701", "REF*1L*GRP-77")
    try office.write(EnrollmentFile(batch: "4", people: next).text, to: "next.834")
    let followed = try await office.claims(["enroll", "next.834"] + store.option)
    #expect(
      followed.text == "1 read: 1 changed, 0 as they were, 0 taken in before, 0 passed over, 0 refused\n"
        && followed.errors.isEmpty, "\(followed)")

    // A later addition that says nothing of the group leaves the one that is in force.
    let later = EnrollmentFile.subscriber("021", "MANY1", "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260901")
    try office.write(EnrollmentFile(batch: "5", people: later).text, to: "later.834")
    let unchanged = try await office.claims(["enroll", "later.834"] + store.option)
    #expect(unchanged.text.hasPrefix("1 read: 0 changed, 1 as they were"), "\(unchanged)")

    // A change that says nothing of the group leaves it.
    let silent = EnrollmentFile(
      batch: "3", people: EnrollmentFile.subscriber("001", "MANY1", "HD*001**HLT*PPO*FAM", "DTP*348*D8*20250101"))
    try office.write(silent.text, to: "silent.834")
    #expect(try await office.claims(["enroll", "silent.834"] + store.option).text.contains("1 changed"))
    try office.write(Self.inquiry(of: "MANY1", "MARCHBANK", "DELPHINE"), to: "q.270")
    #expect(try await office.claims(["eligibility", "q.270", "--out", "."] + store.option).way == .exited(0))
    #expect(try office.text(of: "q.270.271").contains("\nREF*6P*GRP-99~\nDTP*346*"))
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("may be added to a member file later, which touches no decided claim, and is in no letter without it")
  func fromFile() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    try office.writePlans(to: "rules")
    try office.write(ManyClaims(count: 1, seed: 51).text, to: "one.837")
    let plans = ["--plans", "rules"]
    try office.write(Self.members(nil), to: "rules/members/many.csv")
    #expect(try await office.process(["one.837"] + plans + store.option).way == .exited(0))
    let before = try await office.claims(["eob", "MANY-1"] + plans + store.option)
    #expect(before.way == .exited(0) && !before.text.contains("Group number"), "\(before)")

    try office.write(Self.members("GRP-7"), to: "rules/members/many.csv")
    let again = try await office.process(["one.837"] + plans + store.option)
    #expect(again.way == .exited(0) && !again.errors.contains("coverage has changed"), "\(again)")
    let after = try await office.claims(["eob", "MANY-1"] + plans + store.option)
    #expect(after.text.contains("Group number        GRP-7\n"), "\(after)")
    // The same claim with another plan's end is touched, as ever.
    try office.write(
      Self.members("GRP-7").replacing("2026-01-01,,", with: "2026-01-01,2026-06-30,"), to: "rules/members/many.csv")
    let ended = try await office.process(["one.837"] + plans + store.option)
    #expect(ended.errors.contains("coverage has changed"), "\(ended)")
    try await office.verifiesClean("--plans", "rules", "--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("is the class of type group of a FHIR Coverage")
  func fromFHIR() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    try office.write(try FHIRFixture.text("coverage.json"), to: "in.json")
    #expect(try await office.claims(["enroll", "in.json"] + store.option).way == .exited(0))
    try office.write(Self.inquiry(of: "FM9001", "HOLLINS", "AUREL"), to: "q.270")
    #expect(try await office.claims(["eligibility", "q.270", "--out", "."] + store.option).way == .exited(0))
    #expect(try office.text(of: "q.270.271").contains("REF*6P*SMPL2026~"))
  }
}
