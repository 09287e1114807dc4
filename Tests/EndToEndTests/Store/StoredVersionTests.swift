import Foundation
import PostgresDriver
import TestSupport
import Testing

/// The stores are kept in `Tests/Versions`, as the program of each version has made them (`make.sh`).
@Suite("A store of an earlier version is opened, replayed, worked on and verified by this program", .postgres)
struct StoredVersionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Versions")

  /// What the bank has paid in each: five claims of the files, and the difference of an appeal.
  private static let transfers = 6

  private static func store(of version: String, _ kind: StoreKind, in office: Office) async throws -> [String] {
    let kept = folder.appending(path: version).path
    let bank = kind == .sqlite ? "claims.bank" : "claims.sql.bank"
    let unpacked = try await office.shell("gzip -dc '\(kept)/\(bank).sqlite.gz' > claims.bank.db")
    try #require(unpacked.way == .exited(0), "\(unpacked.errors)")
    guard kind == .postgres else {
      try #require(try await office.shell("gzip -dc '\(kept)/claims.sqlite.gz' > claims.db").way == .exited(0))
      return ["--store", "sqlite:claims.db", "--bank-db", "claims.bank.db"]
    }
    let script = try await office.shell("gzip -dc '\(kept)/claims.sql.gz'").text
    let address = try await PrivatePostgres.shared().newDatabase()
    try await PostgresConnection.open(address).use { try $0.execute(script: script) }
    return ["--store", address.text]
  }

  /// The option that names the store, for commands that use no bank.
  private static func alone(_ store: [String]) -> [String] { Array(store.prefix(2)) }

  @Test("no claim is decided or paid again, and responses are those that were given", arguments: StoreKind.allCases)
  func replayed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await Self.store(of: "0.1.0", kind, in: office)
    try office.write(SampleClaims.text, to: "in.837")
    let upgraded = try await office.claims(["migrate"] + Self.alone(store))
    #expect(upgraded.way == .exited(0), "\(upgraded.errors)")
    let run = try await office.process(["in.837", "--output", "json"] + store)
    #expect(run.way == .exited(65), "\(run.errors)")
    let reports = try run.reports()
    #expect(reports.count == 15 && reports.allSatisfy(\.replayed), "\(run.text)")
    try await office.bankPaid(Self.transfers)
    // The README prints this digest of the same response.
    let replay = "claims replay idemp:pay:CLM-19dad820ba8d5120b7e4:126.04:31.04".split(separator: " ").map(String.init)
    let response = try await office.claims(replay.dropFirst() + Self.alone(store))
    try office.write(response.output, to: "response")
    let digest = try await office.shell("sha256sum response").text.prefix(64)
    #expect(digest == "34fbcfb4c9ced4f7c2ca095d8be481b3e496f2e74c13045d64c634a633534be7")
    try await office.verifiesClean(store)
  }

  @Test("work that was left is finished, and decisions are revised", arguments: StoreKind.allCases)
  func goesOn(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await Self.store(of: "0.1.0", kind, in: office)
    #expect(try await office.claims(["migrate"] + Self.alone(store)).way == .exited(0))
    let queue = try await office.claims(["queue"] + Self.alone(store))
    #expect(queue.text == "waiting 1  worked on 0  set aside 0\n", "\(queue.way) \(queue.text)\(queue.errors)")
    let worked = try await office.claims(["work", "--until-empty", "--enroll", "PPO"] + store)
    #expect(worked.way == .exited(0), "\(worked.errors)")
    try await office.bankPaid(Self.transfers + 1)
    let adjusted = try await office.claims(
      ["adjust", "DEMO-009", "--cause", "coverage", "--enroll", "PPO", "--reason", "enrolled late"] + store)
    #expect(adjusted.way == .exited(0), "\(adjusted.errors)")
    let list = try await office.claims(["list", "--count"] + Self.alone(store))
    #expect(list.text == "18 claims\n", "\(list.text)")
    try await office.verifiesClean(store)
  }
}
