import ClaimStore
import DurableSQL
import GRDB
import Testing

@Suite("A store that is foreign or has another version is refused and left unchanged")
struct ForeignStoreTests {
  /// The commands that open a store.
  private static let commands = [
    ["process", "in.837"], ["verify"], ["keys", "list"], ["show", "A-1"], ["replay", "k"], ["migrate"],
    ["migrate", "--status"],
  ]

  @Test("another program's SQLite file is refused", arguments: commands)
  func foreign(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let database = try DatabaseQueue(path: office.path("other.db"))
    try await database.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
    try database.close()
    try await isRefused(
      command, store: "other.db", in: office,
      saying: "the store cannot be reached: the file is another program's database; name another one with --store "
        + "sqlite:FILE")
  }

  @Test("a file that is not a SQLite database is refused", arguments: commands)
  func noDatabase(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(String(repeating: "letters to a friend\n", count: 100), to: "other.db")
    try await isRefused(
      command, store: "other.db", in: office,
      saying: "the store cannot be reached: other.db is not a SQLite database; name another file with --store "
        + "sqlite:FILE")
  }

  @Test("a store of a newer version is refused", arguments: commands)
  func newer(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--store", "sqlite:other.db")
    let database = try DatabaseQueue(path: office.path("other.db"))
    try await database.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try database.close()
    try await isRefused(
      command, store: "other.db", in: office,
      saying: "the store has schema 99, this program knows up to \(SchemaSteps.claims.version): use a newer "
        + "version of the program")
  }

  @Test("a store of another build, with other schema steps, is refused", arguments: commands)
  func otherBuild(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--store", "sqlite:other.db")
    let database = try DatabaseQueue(path: office.path("other.db"))
    try await database.write { try $0.execute(sql: "UPDATE schema_migrations SET digest = lower(hex(zeroblob(32)))") }
    try database.close()
    try await isRefused(
      command, store: "other.db", in: office,
      saying: "other.db was made by another build of this program, with other tables: use that build for it, or name "
        + "another store")
  }

  private func isRefused(_ command: [String], store: String, in office: Office, saying said: String) async throws {
    let (before, files) = (try office.bytes(of: store), try office.files)
    let run = try await office.claims(command + ["--store", "sqlite:\(store)"])
    #expect(run.way == .exited(69))
    #expect(run.complaints == ["claims: \(said)"])
    #expect(try office.bytes(of: store) == before)
    #expect(try office.files == files)
  }
}
