import ClaimStore
import DurablePostgres
import DurableSQL
import DurableSQLite
import GRDB
import PostgresDriver
import TestSupport
import Testing

@Suite("The two dialects' schemas", .postgres)
struct MigrationPairTests {
  @Test("have the same tables: columns in the same order, keys, indexes, checks, references and triggers")
  func shapes() async throws {
    let (sqlite, postgres) = try await (Self.sqlite(), Self.postgres())
    #expect(sqlite.count > 10)
    #expect(Set(sqlite.keys) == Set(postgres.keys))
    for (name, shape) in sqlite {
      let other = try #require(postgres[name])
      #expect(shape.columns == other.columns, "\(name)")
      #expect(shape.primaryKey == other.primaryKey, "\(name)")
      #expect(shape.indexes == other.indexes, "\(name)")
      #expect(shape.uniqueColumns == other.uniqueColumns, "\(name)")
      #expect(shape.namedChecks == other.namedChecks, "\(name)")
      #expect(shape.references == other.references, "\(name)")
      #expect(shape.triggers == other.triggers, "\(name)")
    }
  }

  /// SQLite has no Boolean type: flags are 0 or 1, and a CHECK enforces that.
  @Test("have the same conditions in every CHECK and every WHERE")
  func conditions() async throws {
    let folder = try TemporaryFolder()
    try SQLiteStore(path: folder.file("store.db")).close()
    // SQLite makes some tables anew in a later step, so the outcome of its steps is what counts.
    let made = try await DatabaseQueue(path: folder.file("store.db")).read {
      try String.fetchAll(
        $0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'schema_migrations'")
    }
    let sqlite = Set(made.flatMap(Self.conditions))
    let steps = SchemaSteps.claims.postgres.map(\.sql)
    let dropped = Set(steps.flatMap { $0.matches(of: /DROP INDEX (\w+)/).map { String($0.1) } })
    let postgres = Set(steps.flatMap(Self.conditions).filter { !dropped.contains(String($0.prefix { $0 != ":" })) })
    #expect(sqlite.count > 30)
    #expect(sqlite.subtracting(postgres).isEmpty)
    #expect(postgres.subtracting(sqlite).isEmpty)
  }

  private static func sqlite() async throws -> [String: TableShape] {
    let folder = try TemporaryFolder()
    try SQLiteStore(path: folder.file("store.db")).close()
    return try await DatabaseQueue(path: folder.file("store.db")).read { try TableShape.all(in: $0) }
  }

  private static func postgres() async throws -> [String: TableShape] {
    let server = try PrivatePostgres.shared()
    let schema = server.newSchema()
    try await PostgresStore(server.address, schema: schema, connections: 1).close()
    return try await PostgresPool(server.address, limit: 1).use { wire in
      try wire.execute(script: "SET search_path = \(wire.quoted(identifier: schema))")
      return try TableShape.all(over: wire)
    }
  }

  /// Returns each condition of a script with the name of the table or index that it belongs to.
  private static func conditions(of script: String) -> [String] {
    let text = script.replacing(/--[^\n]*/, with: "")
    let statements = text.split(separator: ";").filter { $0.contains(/CREATE (TABLE|INDEX|UNIQUE INDEX)|ADD COLUMN/) }
    return statements.flatMap { statement in
      let plain = statement.replacing(/\s+/, with: " ").replacing("denied = 0", with: "NOT denied")
      let name = plain.firstMatch(of: /(?:TABLE|INDEX) (\w+)/).map { String($0.1) } ?? ""
      let checks = plain.ranges(of: "CHECK (").map { "\(name): \(Self.enclosed(in: plain[$0.upperBound...]))" }
      let filters = plain.ranges(of: "WHERE ").map { "\(name): \(plain[$0.upperBound...])" }
      return (checks + filters).filter { !$0.contains(" IN (0, 1)") }
    }
  }

  /// Returns the text before the parenthesis that closes one opened earlier.
  private static func enclosed(in text: Substring) -> Substring {
    var depth = 1
    return text.prefix { character in
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      return depth > 0
    }
  }
}
