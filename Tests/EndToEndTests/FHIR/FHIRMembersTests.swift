import Foundation
import TestSupport
import Testing

@Suite("Coverage and Patient feed the member directory, and an eligibility request is answered from it", .postgres)
struct FHIRMembersTests {
  private static func answer(_ change: (String) -> String = { $0 }, in office: Office, _ store: StoreInUse) async throws
    -> [String: Any]
  {
    try office.write(change(try FHIRFixture.text("eligibility-request.json")), to: "ask.json")
    let run = try await office.claims(["eligibility", "ask.json", "--out", "answers"] + store.option)
    #expect(run.way == .exited(0), "\(run.errors)")
    let bytes = try office.bytes(of: "answers/ask.response.json")
    return try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
  }

  /// Asks for a member of the file of coverages instead of the sample member.
  private static func asking(on day: String) -> (String) -> String {
    { text in
      text.replacing("PO2001", with: "FM9001").replacing("Marchbank", with: "Hollins")
        .replacing("Delphine", with: "Aurel").replacing("1990-07-21", with: "1979-04-02")
        .replacing("\"servicedDate\": \"2026-03-02\"", with: "\"servicedDate\": \"\(day)\"")
    }
  }

  private static func isInForce(_ answer: [String: Any]) -> Bool? {
    (answer["insurance"] as? [[String: Any]])?.first?["inforce"] as? Bool
  }

  @Test("members are taken in once, and what a Coverage says later counts from then on", arguments: StoreKind.allCases)
  func enroll(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let text = try FHIRFixture.text("coverage.json")
    try office.write(text, to: "in.json")
    let first = try await office.claims(["enroll", "in.json"] + store.option)
    #expect(
      first.text == "2 read: 2 changed, 0 as they were, 0 taken in before, 0 passed over, 0 refused\n", "\(first)")
    let again = try await office.claims(["enroll", "in.json"] + store.option)
    #expect(again.text.hasPrefix("2 read: 0 changed, 0 as they were, 2 taken in before"), "\(again)")
    #expect(Self.isInForce(try await Self.answer(Self.asking(on: "2026-07-01"), in: office, store)) == true)
    let ended = text.replacing("\"status\": \"active\"", with: "\"status\": \"cancelled\"")
      .replacing(
        "\"start\": \"2026-01-01\"", with: "\"start\": \"2026-01-01\", \"end\": \"2026-04-30\"", maxReplacements: 1)
    try office.write(ended, to: "ended.json")
    let run = try await office.claims(["enroll", "ended.json"] + store.option)
    #expect(run.text.hasPrefix("2 read: 2 changed") || run.text.hasPrefix("2 read: 1 changed"), "\(run)")
    #expect(Self.isInForce(try await Self.answer(Self.asking(on: "2026-07-01"), in: office, store)) == false)
    #expect(Self.isInForce(try await Self.answer(Self.asking(on: "2026-04-30"), in: office, store)) == true)
  }

  @Test("a Coverage whose Patient is missing, or without a first day, is refused alone, with its path")
  func refused() async throws {
    let office = try Office()
    let text = try FHIRFixture.text("coverage.json")
    let cases = [
      (
        "\"beneficiary\": {\n          \"reference\": \"Patient/tamsin\"",
        "\"beneficiary\": {\"reference\": \"Patient/none\"", "Coverage.beneficiary.reference"
      ),
      ("\"period\": {\n          \"start\": \"2026-01-01\",", "\"period\": {", "Coverage.period.start"),
      ("\"status\": \"active\",\n        \"subscriber\"", "\"status\": \"draft\", \"subscriber\"", "Coverage.status"),
    ]
    for (part, other, place) in cases {
      try #require(text.contains(part), "\(part)")
      try office.write(text.replacing(part, with: other, maxReplacements: 1), to: "in.json")
      let run = try await office.claims(["enroll", "in.json"])
      #expect(run.way == .exited(65) && run.text.hasSuffix("1 refused\n"), "\(run)")
      #expect(run.errors.contains("\(place): a person is refused") && !run.errors.contains("Hollins"), "\(run.errors)")
    }
    let broken = text.replacing("\"entry\": [", with: "\"entry\": [{\"resource\": {\"resourceType\" 1}},")
    try office.write(broken, to: "in.json")
    let one = try await office.claims(["enroll", "in.json"])
    #expect(one.way == .exited(65) && one.text.hasPrefix("3 read: ") && one.text.hasSuffix("1 refused\n"), "\(one)")
    try office.write("{\"resourceType\": \"Patient\"}", to: "none.json")
    let run = try await office.claims(["enroll", "none.json"])
    #expect(run.way == .exited(65) && run.errors.contains("holds no Coverage"), "\(run)")
  }

  @Test("the answer says what a 271 says: covered, not covered, another person, and not found", .fhirvalid)
  func standings() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    let covered = try await Self.answer(in: office, store)
    #expect(covered["outcome"] as? String == "complete" && Self.isInForce(covered) == true)
    let text = try office.text(of: "answers/ask.response.json")
    // DEMO-001 has used 30.00 of the maximum of 4,000.00.
    #expect(
      text.contains("\"allowedMoney\":{\"value\":4000.00,\"currency\":\"USD\"},\"usedMoney\":{\"value\":30.00,"),
      "\(text)")
    let before = try await Self.answer({ $0.replacing("2026-03-02", with: "2024-03-02") }, in: office, store)
    #expect(Self.isInForce(before) == false)
    let codes = [("1990-07-21", "1990-07-22", "71"), ("PO2001", "PO9999", "72")]
    var answers = [try office.bytes(of: "answers/ask.response.json")]
    for (part, other, code) in codes {
      let answer = try await Self.answer({ $0.replacing(part, with: other) }, in: office, store)
      #expect(answer["outcome"] as? String == "error" && answer["insurance"] == nil)
      #expect(try office.text(of: "answers/ask.response.json").contains("\"code\":\"\(code)\""), "\(code)")
      answers.append(try office.bytes(of: "answers/ask.response.json"))
    }
    #expect(try await FHIRValid.complaints(about: answers) == ["", "", ""])
  }
}
