import Foundation
import Testing

@Suite("The program has no way to disable its own protections")
struct SabotageTests {
  /// The module's name as it appears in the symbols of a binary.
  private static let name = Data("8Sabotage".utf8)

  @Test("deliberate sabotage is linked into the demonstrations' program, and no part of it into claims")
  func notLinked() throws {
    #expect(try binary("claims-demo").range(of: Self.name) != nil, "the test searches for a name that does not exist")
    #expect(try binary("claims").range(of: Self.name) == nil)
  }

  private func binary(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: Program.path(of: name)), options: .mappedIfSafe)
  }

  @Test(
    "options for sabotage are unknown", arguments: ["--without-keys", "--die-before=3", "--die-after-payment"],
    ["process", "work"])
  func unknownOptions(option: String, command: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims([command] + (command == "process" ? ["in.837"] : []) + [option])
    #expect(run.way == .exited(64) && run.errors.contains("Unknown option"), "\(run.errors)")
    #expect(try office.files == ["in.837"])
  }

  @Test("a demonstration touches only stores that it has created, even through a link", arguments: [true, false])
  func foreignStore(isLinked: Bool) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let before = try office.bytes(of: "claims.db")
    if isLinked {
      try FileManager.default.createSymbolicLink(atPath: office.path("demo.db"), withDestinationPath: "claims.db")
    }
    let run = try await Program.run(
      Program.path(of: "claims-demo"),
      ["trial", "in.837", "--store", isLinked ? "demo.db" : "claims.db", "--forget"], in: office.folder)
    #expect(run.way == .exited(64))
    #expect(run.complaints.count == 1 && run.errors.contains("no store that a demonstration has made"), "\(run.errors)")
    #expect(try office.bytes(of: "claims.db") == before)
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }

  @Test("verify finds a missing table, whichever it is", arguments: StoreKind.allCases)
  func tableGone(kind: StoreKind) async throws {
    for table in ["effect_keys", "events", "claims", "payments", "bank_link", "found_transfers", "remittances"] {
      let office = try Office()
      let store = try await kind.store(in: office)
      try office.write(SampleClaims.text, to: "in.837")
      _ = try await office.process(["in.837"] + store.option)
      try await store.sql("ALTER TABLE \(table) RENAME TO gone")
      let verification = try await office.claims(["verify"] + store.option)
      #expect(verification.way == .exited(1), "\(table): \(verification.errors)")
      #expect(
        verification.text.contains("BROKEN tables-as-made: table \(table): it is missing\n"), "\(verification.text)")
    }
  }

  @Test("verify does not accept a store whose protection was removed", arguments: StoreKind.allCases)
  func disarmed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    try await store.sql("DROP INDEX one_standing_payment")
    let verification = try await office.claims(["verify"] + store.option)
    #expect(verification.way == .exited(1))
    #expect(
      verification.text.contains("BROKEN tables-as-made: index one_standing_payment: it is missing\n1 broken"),
      "\(verification.text)")
  }

  @Test("without the demonstrations' program, the command states what to build")
  func notBuilt() async throws {
    let office = try Office()
    try FileManager.default.copyItem(atPath: Program.path(), toPath: office.path("claims"))
    let run = try await Program.run(office.path("claims"), ["demo", "dedup"], in: office.folder)
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("swift build --product claims-demo"), "\(run.errors)")
  }
}
