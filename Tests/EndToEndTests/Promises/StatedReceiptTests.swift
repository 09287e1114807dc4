import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("With --received file, a claim counts as received on the day on which its file says that it was made", .postgres)
struct StatedReceiptTests {
  private static let stated = ["--received", "file"]

  private static func received(_ office: Office, _ store: StoreInUse) async throws -> [String: String] {
    let listed = try await office.claims(["list", "--output", "json"] + store.option)
    let pairs = try listed.jsonLines.compactMap { line -> (String, String)? in
      let claim = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      guard let number = claim["claim_number"] as? String, let day = claim["received_on"] as? String else { return nil }
      return (number, day)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Two interchanges, whose claims were made on two days.
  private static var twoDays: String {
    let second = ManyClaims(count: 2, seed: 72, first: 11).text.replacing("000000102", with: "000000103")
      .replacing("*20260401*0900*CH", with: "*20260403*0900*CH")
    return ManyClaims(count: 2, seed: 71).text + second
  }

  @Test("the sample claims are decided as on the day that they state", arguments: StoreKind.allCases)
  func same(kind: StoreKind) async throws {
    let (office, other) = (try Office(), try Office())
    let store = try await kind.store(in: office)
    for office in [office, other] { try office.write(SampleClaims.text, to: "in.837") }
    let stated = try await office.claims(["process", "in.837", "--output", "json"] + Self.stated + store.option)
    let given = try await other.process("in.837", "--output", "json")
    #expect(stated.jsonLines.dropLast() == given.jsonLines.dropLast(), "\(stated.errors)")
    #expect(stated.way == .exited(65) && given.way == .exited(65))
  }

  @Test("each transaction counts by its own day, at once and through the queue", arguments: StoreKind.allCases)
  func eachItsOwn(kind: StoreKind) async throws {
    let (office, queue) = (try Office(), try Office())
    for (office, isQueued) in [(office, false), (queue, true)] {
      let store = try await kind.store(in: office)
      try office.write(Self.twoDays, to: "in.837")
      if isQueued {
        let submitted = try await office.claims(["submit", "in.837"] + Self.stated + store.option)
        #expect(submitted.way == .exited(0), "\(submitted.errors)")
        _ = try await office.claims(["work", "--until-empty", "--enroll", "PPO"] + store.option)
      } else {
        let run = try await office.claims(["process", "in.837", "--enroll", "PPO"] + Self.stated + store.option)
        #expect(run.way == .exited(0), "\(run.errors)")
      }
      #expect(
        try await Self.received(office, store) == [
          "MANY-1": "2026-04-01", "MANY-2": "2026-04-01", "MANY-11": "2026-04-03", "MANY-12": "2026-04-03",
        ])
      try await office.bankPaid(4)
    }
  }

  @Test(
    "a day that is in the future or does not exist is told once with its place, and no claim is taken in",
    arguments: [
      ("20991231", "segment 4, BHT04: it says 2099-12-31, which is in the future"),
      ("20260230", "segment 4, BHT04: the date does not exist"),
    ])
  func none(bht04: String, said: String) async throws {
    let office = try Office()
    let text = ManyClaims(count: 2, seed: 73).text
    try office.write(text.replacing("*20260401*0900*CH", with: "*\(bht04)*0900*CH"), to: "in.837")
    let run = try await office.claims(["process", "in.837", "--enroll", "PPO"] + Self.stated)
    #expect(run.way == .exited(65))
    #expect(run.errors.contains(said) && run.complaints.count == 1, "told once for all claims: \(run.errors)")
    #expect(run.errors.contains("--received YYYY-MM-DD gives another"), "\(run.errors)")
    #expect(try await office.claims(["list", "--count"]).text == "0 claims\n")
    let submitted = try await office.claims(["submit", "in.837"] + Self.stated)
    #expect(submitted.way == .exited(65) && submitted.complaints.count == 1, "\(submitted.errors)")
    // The same claim is taken in with a day that is given.
    if bht04 == "20991231" {
      #expect(try await office.claims(["process", "in.837", "--enroll", "PPO"] + Office.received).way == .exited(0))
    }
  }

  @Test("a JSON claim states no day, and is told so by check as by process and submit")
  func json() async throws {
    let office = try Office()
    try office.write(ClaimsOfMembers("A", members: 1, day: "02", charge: "100.00").text, to: "in.json")
    let said = "a JSON claim does not say on which day it was made"
    for command in ["check", "process", "submit"] {
      let run = try await office.claims([command, "in.json"] + Self.stated)
      #expect(run.way == .exited(65), "\(command)")
      let text = run.text + run.errors
      #expect(text.contains("in.json: record 1: ") && text.contains(said), "\(text)")
    }
    #expect(try await office.claims(["list", "--count"]).text == "0 claims\n")
  }

  @Test("check judges claims as of the day that their file states")
  func check() async throws {
    let office = try Office()
    // Care of March that was billed in February.
    let text = ManyClaims(count: 1, seed: 74).text.replacing("*20260401*0900*CH", with: "*20260201*0900*CH")
    try office.write(text, to: "in.837")
    let early = try await office.claims(["check", "in.837"] + Self.stated)
    #expect(early.way == .exited(65) && early.text.contains("after 2026-02-01, when it came in"), "\(early.text)")
    #expect(try await office.claims(["check", "in.837"] + Office.received).way == .exited(0))
  }

  @Test("a service takes it from each file that is sent to it", arguments: StoreKind.allCases)
  func service(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    let text = Array(Self.twoDays.utf8)
    let run = try await Serving.open(in: office, options + Self.stated) { service in
      let sent = try await service.post("/v1/claims", text, as: Serving.token(.submitter), key: "one")
      #expect(sent.status == 200, "\(sent.text)")
    }
    #expect(run.ended == .exited(0), "\(run.errors)")
    #expect(Set(try await Self.received(office, store).values) == ["2026-04-01", "2026-04-03"])
  }

  @Test("a run that denies claims as filed too late says once how old files are decided as of their own time")
  func late() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims(["process", "in.837"])
    let hints = run.complaints.filter { $0.contains("(CO-29)") }
    #expect(hints.count == 1 && hints[0].contains("--received file"), "\(run.errors)")
    let other = try Office()
    try other.write(SampleClaims.text, to: "in.837")
    #expect(!(try await other.claims(["process", "in.837"] + Self.stated)).errors.contains("(CO-29)"))
  }
}
