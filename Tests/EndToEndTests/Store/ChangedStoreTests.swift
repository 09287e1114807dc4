import Foundation
import GRDB
import TestSupport
import Testing

/// Real processes that never end by themselves, unless they have a reason.
@Suite(
  "A worker or a service ends with one clear line when its store is no longer the one that it has opened", .postgres,
  .timeLimit(.minutes(40)))
struct ChangedStoreTests {
  private static let commands = [["work"], ["serve", "--port", "0"]]

  /// Runs a command that works on the queue until it ends, and changes its store once it has paid a claim.
  private static func run(
    _ command: [String], in office: Office, _ store: StoreInUse, _ bank: [String],
    changing change: @Sendable () async throws -> Void
  ) async throws -> Ended {
    try office.write(ManyClaims(count: 1, seed: 61).text, to: "one.837")
    _ = try await office.claims(["submit", "one.837"] + Office.received + store.option)
    let options = ["--enroll", "PPO", "--plans", "plans"] + store.option + bank
    try office.writePlans(to: "plans")
    return try await Program.run(
      Program.path(), command + options, in: office.folder, killedAfter: .seconds(90)
    ) { _ in
      while try await store.sql("SELECT status FROM claims WHERE audit_key IS NOT NULL").isEmpty {
        try await Task.sleep(for: .milliseconds(100))
      }
      try await change()
    }
  }

  /// Puts a copy in the place of the store.
  private static func replaceFile(of office: Office) async throws {
    try await DatabaseQueue(shared: office.path("claims.db")).vacuum(into: office.path("backup.db"))
    for file in ["claims.db", "claims.db-wal", "claims.db-shm"] {
      try? FileManager.default.removeItem(atPath: office.path(file))
    }
    try FileManager.default.moveItem(atPath: office.path("backup.db"), toPath: office.path("claims.db"))
  }

  private static func bank(of office: Office, _ store: StoreInUse) async throws -> [String] {
    try await office.bankOption(for: ["process"] + store.option + ["x"])
  }

  @Test("restored from a backup of an older schema", arguments: StoreKind.allCases, commands)
  func older(on kind: StoreKind, command: [String]) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let ended = try await Self.run(command, in: office, store, try await Self.bank(of: office, store)) {
      try await store.sql(
        "DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)")
    }
    #expect(ended.way == .exited(69) && ended.saidLines.count == 1, "\(ended.way) \(ended.errors)")
    #expect(ended.errors.contains("it was restored from a backup; start again"), "\(ended.errors)")
  }

  @Test("behind its bank", arguments: StoreKind.allCases, commands)
  func behind(on kind: StoreKind, command: [String]) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let bank = try await Self.bank(of: office, store)
    let ended = try await Self.run(command, in: office, store, bank) {
      // Another store that is paid from the same bank looks to this one as its own future does to a backup.
      try office.write(ManyClaims(count: 3, seed: 62).text, to: "three.837")
      let same = bank.isEmpty ? ["--bank-db", "claims.bank.db"] : bank
      let other = ["--store", "sqlite:other.db"]
      _ = try await office.claims(["migrate"] + other)
      _ = try await office.claims(["reconcile"] + other + same)
      let paid = try await office.process(["three.837", "--enroll", "PPO"] + other + same)
      #expect(paid.way == .exited(0), "\(paid.errors)")
    }
    #expect(ended.way == .exited(69) && ended.saidLines.count == 1, "\(ended.way) \(ended.errors)")
    #expect(ended.errors.contains("is behind its bank"), "\(ended.errors)")
  }

  @Test("another file", arguments: commands)
  func replaced(command: [String]) async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    let ended = try await Self.run(command, in: office, store, []) {
      try await Self.replaceFile(of: office)
    }
    #expect(ended.way == .exited(69) && ended.saidLines.count == 1, "\(ended.way) \(ended.errors)")
    #expect(ended.errors.contains("is no longer the file that was opened"), "\(ended.errors)")
    try await office.verifiesClean()
  }

  @Test("another file, while an agent is served over standard input that stays open")
  func replacedUnderAgent() async throws {
    let office = try Office()
    _ = try await office.claims(["migrate"])
    async let ended = office.shell(
      """
      mkfifo in; (echo '{"jsonrpc": "2.0", "id": 1, "method": "ping"}'; exec sleep 80) > in & holds=$!
      "$CLAIMS" mcp < in > out; status=$?
      kill $holds; exit $status
      """)
    while try !office.has("out") || office.text(of: "out").isEmpty { try await Task.sleep(for: .milliseconds(100)) }
    try await Self.replaceFile(of: office)
    let end = try await ended
    #expect(end.way == .exited(69) && end.errors.contains("is no longer the file that was opened"), "\(end.errors)")
  }
}

extension Ended {
  /// What the program itself says, without the lines of its log.
  fileprivate var saidLines: [String] { complaints.filter { $0.hasPrefix("claims: ") } }
}
