import ClaimStore
import DurablePostgres
import Foundation
package import PostgresDriver
import Synchronization

/// A PostgreSQL server for the tests. It starts when the first test needs it and stops when the tests end, however they
/// end. Each store gets a schema or a database of its own.
package final class PrivatePostgres: Sendable {
  /// - Throws: `ServerProcessError` if PostgreSQL is not installed or does not start. The tests then fail rather than
  ///   being skipped.
  package static func shared() throws -> PrivatePostgres { try started.get() }

  private static let started = Result {
    try PrivatePostgres(settings: ["fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=256MB"])
  }

  private let folder: TemporaryFolder
  private let process: ServerProcess
  /// The database of the places that were made last, and their number.
  private let shared = Mutex<(database: PostgresAddress, places: Int)?>(nil)
  /// Stores that no test has used yet, and the name of the database that is copied when there are none.
  private let stores = Mutex<(unused: [PostgresPlace], pattern: String?)>(([], nil))

  /// - Parameter settings: `name=value`, as in postgresql.conf.
  package init(settings: [String] = []) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("private-postgres.sh", [folder.path] + settings)
  }

  package var address: PostgresAddress {
    get throws { try PostgresAddress("postgres:///postgres?host=\(folder.path)/run&user=paidonce") }
  }

  /// The host, in libpq's terms.
  package var socketFolder: String { "\(folder.path)/run" }
  package var socketPath: String { "\(socketFolder)/.s.PGSQL.5432" }

  /// The pid of the server's first process, the parent of all its other processes.
  package var pid: Int32 {
    get throws {
      let text = try String(contentsOfFile: "\(folder.path)/data/postmaster.pid", encoding: .utf8)
      guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
        throw ServerProcessError(description: "the server has no pid")
      }
      return pid
    }
  }

  /// Suspends every process of the server.
  package func freeze() throws {
    let first = try pid
    for process in [first] + Self.children(of: first) { kill(process, SIGSTOP) }
  }

  /// Resumes a server that may be frozen. A frozen server cannot be stopped.
  package func thaw() {
    guard let first = try? pid else { return }
    for process in [first] + Self.children(of: first) { kill(process, SIGCONT) }
  }

  private static func children(of process: Int32) -> [Int32] {
    let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { Int32($0) }
  }

  /// Creates an empty database for one test of a program that chooses its schema itself.
  package func newDatabase() async throws -> PostgresAddress {
    let name = newSchema()
    try await PostgresConnection.open(address).use { try $0.execute(script: "CREATE DATABASE \(name)") }
    return try database(name)
  }

  private func database(_ name: String) throws -> PostgresAddress {
    try PostgresAddress("postgres:///\(name)?host=\(folder.path)/run&user=paidonce")
  }

  /// Returns an empty place for one store. A database has few of them, because the server reads what it knows of all
  /// tables in a database to describe those of one store.
  package func newPlace() throws -> PostgresPlace {
    try shared.withLock { shared in
      if shared == nil || shared?.places == 40 {
        let name = newSchema()
        try PostgresWire(address).execute(script: "CREATE DATABASE \(name)")
        shared = (try database(name), 0)
      }
      shared?.places += 1
      return PostgresPlace(address: try shared?.database ?? address, schema: newSchema())
    }
  }

  /// Returns the place of an unused store. It takes the server long to create its tables, so a database with several
  /// stores is created once and copied.
  package func newStore() throws -> PostgresPlace {
    try stores.withLock { stores in
      if stores.unused.isEmpty {
        let pattern = try stores.pattern ?? newPattern()
        stores.pattern = pattern
        let name = newSchema()
        try PostgresWire(address).execute(script: "CREATE DATABASE \(name) TEMPLATE \(pattern)")
        let database = try database(name)
        stores.unused = Self.schemas.map { PostgresPlace(address: database, schema: $0) }
      }
      return stores.unused.removeLast()
    }
  }

  /// The schemas of a database of stores.
  private static let schemas = (1...8).map { "store_\($0)" }

  private func newPattern() throws -> String {
    let name = newSchema()
    try PostgresWire(address).execute(script: "CREATE DATABASE \(name)")
    let database = try database(name)
    let wire = try PostgresWire(database)
    for schema in Self.schemas { try PostgresSchema(name: schema, steps: .claims, address: database).upgrade(wire) }
    // Comparing a store's shape takes half as long when the server knows how much is in its catalogs.
    try wire.execute(script: "ANALYZE pg_class, pg_attribute, pg_constraint, pg_index, pg_trigger, pg_proc, pg_type")
    return name
  }

  /// Returns a name that no other test uses.
  package func newSchema() -> String {
    "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
  }

  /// Runs SQL in a schema of the server's first database.
  package func run(_ script: String, in schema: String) async throws {
    try await PostgresPlace(address: address, schema: schema).run(script)
  }
}

/// A schema of a database, for one test's store.
package struct PostgresPlace: Sendable {
  package let address: PostgresAddress
  package let schema: String

  /// Runs SQL outside the program, as a person at a prompt would.
  package func run(_ script: String) async throws {
    try await PostgresPool(address, limit: 1).use { wire in
      try wire.execute(script: "SET search_path = \(wire.quoted(identifier: schema)); \(script)")
    }
  }
}

extension PostgresAddress {
  package var database: String { description.split(separator: "/").last.map(String.init) ?? "" }
}
