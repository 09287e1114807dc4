import ClaimStore
import DurableSQL
import Foundation
import Testing

@Suite("claims migrate")
struct MigrateTests {
  @Test("lists the pending steps and changes nothing; then performs the steps", arguments: StoreKind.allCases)
  func stepByStep(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let before = try await office.claims(["migrate", "--status"] + store.option)
    #expect(before.way == .exited(1) && before.errors.isEmpty)
    let pending = SchemaSteps.claims.steps.map(\.name).joined(separator: ", ")
    let newest = SchemaSteps.claims.version
    #expect(before.text.contains("has schema 0, this program knows \(newest)\npending: \(pending)\n"))
    #expect(try office.files.isEmpty)
    if kind == .postgres {
      #expect(try await store.sql("SELECT nspname::text FROM pg_namespace WHERE nspname = 'paidonce'").isEmpty)
    }

    let migration = try await office.claims(["migrate"] + store.option)
    #expect(migration.way == .exited(0) && migration.text.contains("was brought from schema 0 to \(newest)"))
    let again = try await office.claims(["migrate"] + store.option)
    #expect(again.way == .exited(0) && again.text.contains("is up to date: schema \(newest)"))
    let files = try office.files
    let after = try await office.claims(["migrate", "--status"] + store.option)
    #expect(after.way == .exited(0))
    #expect(after.text.contains("has schema \(newest), this program knows \(newest)\nnothing is pending\n"))
    #expect(try office.files == files)
  }

  @Test("ten concurrent migrations all succeed, and each step is performed once", arguments: StoreKind.allCases)
  func tenAtOnce(kind: StoreKind) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let store = try await kind.store(in: office)
    let run = try await office.shell(
      """
      for i in 1 2 3 4 5 6 7 8 9 10; do
        ("$CLAIMS" migrate --store '\(store.name)' >/dev/null; echo "exit $?") &
      done
      wait
      """)
    #expect(run.text == String(repeating: "exit 0\n", count: 10), "\(run.errors)")
    if kind == .postgres {
      #expect(
        try await store.sql("SELECT version::text FROM schema_migrations m ORDER BY m.version")
          == (1...SchemaSteps.claims.version).map(String.init))
    }
    #expect(try await office.process(["in.837"] + store.option).way == .exited(65))
    try await office.bankPaid(5)
  }

  @Test(
    "a store of a newer program is left unchanged, with a message in one line", arguments: StoreKind.allCases,
    [[], ["--status"]])
  func newer(kind: StoreKind, option: [String]) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    _ = try await office.claims(["migrate"] + store.option)
    switch kind {
    case .sqlite: try await store.sql("PRAGMA user_version = 99")
    case .postgres:
      try await store.sql(
        "INSERT INTO schema_migrations (version, digest) SELECT 99, min(digest) FROM schema_migrations")
    }
    let run = try await office.claims(["migrate"] + option + store.option)
    #expect(run.way == .exited(69) && run.output.isEmpty)
    #expect(
      run.complaints == [
        "claims: the store has schema 99, this program knows up to \(SchemaSteps.claims.version): use a newer version of the program"
      ])
  }

  @Test(
    "a store that cannot be reached is reported in one line",
    arguments: ["sqlite:absent/claims.db", "postgres:///claims?host=/absent"],
    [[], ["--status"]])
  func unreachable(store: String, option: [String]) async throws {
    let office = try Office()
    let run = try await office.claims(["migrate"] + option + ["--store", store])
    #expect(run.way == .exited(69) && run.output.isEmpty)
    #expect(run.complaints.count == 1 && run.errors.hasPrefix("claims: the store cannot be reached: "), "\(run.errors)")
    #expect(try office.files.isEmpty)
  }
}
