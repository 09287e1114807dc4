import BankSimulator
import Foundation
import TestSupport
import Testing

@Suite("claims hold", .postgres)
struct HoldTests {
  private static let why = ["--reason", "billing for visits that did not take place", "--by", "pat"]
  private static let payee = "1234567893"

  @Test(
    "while a payee is on hold no command pays it; once lifted and released, each claim is paid once",
    arguments: StoreKind.allCases)
  func everyRoad(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    func claims(_ arguments: String...) async throws -> Ended { try await office.claims(arguments + store.option) }
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await claims("migrate")

    let held = try await office.claims(["hold", Self.payee] + Self.why + store.option)
    #expect(held.way == .exited(0) && held.text.contains("is on hold"), "\(held.text)\(held.errors)")
    let again = try await office.claims(["hold", Self.payee] + Self.why + store.option)
    #expect(again.way == .exited(0) && again.text.contains("was on hold already"), "\(again.text)\(again.errors)")
    let list = try await claims("hold", "--list")
    #expect(list.text.contains("\(Self.payee)") && list.text.contains("by pat: billing for visits"), "\(list.text)")

    // The same claims by another digest, a released claim, and a worker: all of them wait.
    _ = try await office.process(["in.837"] + store.option)
    #expect(try await claims("suspense", "release", "DEMO-013", "--reason", "its own").way == .exited(0))
    #expect(try await office.bank().transfers().isEmpty)
    let waiting = try await claims("suspense", "list")
    #expect(waiting.text.contains("payee-on-hold: its payee is on hold"), "\(waiting.text)")
    let id = try #require(waiting.text.firstMatch(of: /(CLM-\w+).*payee-on-hold/)?.output.1)
    let early = try await claims("suspense", "release", String(id), "--reason", "too early")
    #expect(early.way == .exited(65) && early.errors.contains("is on hold"), "\(early.errors)")

    #expect(try await office.claims(["hold", "--lift", Self.payee] + Self.why + store.option).way == .exited(0))
    let none = try await office.claims(["hold", "--lift", Self.payee] + Self.why + store.option)
    #expect(none.way == .exited(65) && none.errors.contains("is not on hold"), "\(none.errors)")
    #expect(try await office.bank().transfers().isEmpty)
    for _ in 1...2 { _ = try await claims("suspense", "release", String(id), "--reason", "cleared") }
    #expect(try await office.bank().transfers().count == 1)
    #expect(
      try await store.sql("SELECT act FROM operator_acts WHERE person = 'pat' ORDER BY id") == ["hold", "lift-hold"])
    try await office.verifiesClean(["--store", store.name])
  }

  @Test("a payee is named, with a reason that says something, or nothing is done")
  func usage() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    for arguments in [
      ["1234567893"], [], ["--list", "x"], ["1234567893", "--reason", " "], ["--lift", "--reason", "x"],
    ] {
      #expect(try await office.claims(["hold"] + arguments).way == .exited(64), "\(arguments)")
    }
    let unnamed = try await office.claims(["hold", "a\u{1B}[31m", "--reason", "x"])
    #expect(unnamed.way == .exited(65) && unnamed.errors.contains("a payee is named"), "\(unnamed.errors)")
    let unknown = try await office.claims(["hold", "1111111111", "--reason", "x"])
    #expect(unknown.way == .exited(0) && unknown.errors.contains("no claim of 1111111111"), "\(unknown.errors)")
  }
}
