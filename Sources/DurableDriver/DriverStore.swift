public import DurableExecution
import DurableMigrations
import DurableSQL
import Synchronization

extension DurableLocation {
  /// A database that is reached by a driver of your own. The runner's tables are created if they are missing.
  public static func driver(_ driver: some SQLDriver) -> DurableLocation {
    DurableLocation { settings in
      let store = DriverStore(driver: driver, settings: settings)
      try await store.upgrade()
      return store
    }
  }
}

/// A store that reaches its database through the user's `SQLDriver`.
struct DriverStore: DurableStore {
  let driver: any SQLDriver
  let settings: StoreSettings

  /// A file has one writer at a time. A server has several, and the driver knows best how many.
  var writers: Int { driver.dialect == .sqlite ? 1 : .max }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (SQLTransaction) throws -> Value
  ) async throws -> Value {
    let probe = settings.probe
    try probe?.before(.begin)
    let value = try await result { connection in
      let value = try body(SQLTransaction(try session(connection), probe: probe))
      try probe?.before(.commit)
      return value
    }
    try probe?.after(.commit)
    return value
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
    try await result { try body(SQLTransaction(try session($0, isReadOnly: true))) }
  }

  /// Brings the tables up to date in one transaction. If two processes start at once, the second finds nothing to do.
  func upgrade() async throws {
    let scripts = SchemaSteps(SchemaSteps.Step.durable, applicationID: 0)
    try await driver.transaction { connection in
      try connection.lock(["schema"], .exclusive)
      try connection.run(
        script: """
          CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT NOT NULL PRIMARY KEY, digest TEXT NOT NULL)
          """)
      var taken: [String] = []
      try connection.query("SELECT digest FROM schema_migrations ORDER BY version", []) { taken.append(try $0.text(0)) }
      let steps = driver.dialect == .sqlite ? scripts.sqlite : scripts.postgres
      guard taken.count <= steps.count else {
        throw StoreFailure.newerSchema(found: taken.count, known: steps.count)
      }
      guard scripts.taken(taken, of: steps) != nil else { throw StoreFailure.otherBuild("the database") }
      for (index, step) in steps.enumerated().dropFirst(taken.count) {
        try connection.run(script: step.sql)
        let insert = Statement("schema.step", "INSERT INTO schema_migrations (version, digest) VALUES ($1, $2)")
        _ = try connection.execute(
          driver.dialect == .sqlite ? insert.sqlite : insert.postgres, [.integer(Int64(index + 1)), .text(step.digest)])
      }
    }
  }

  private func session(_ connection: any SQLConnection, isReadOnly: Bool = false) throws -> DriverSession {
    try DriverSession(connection, driver.dialect, now: settings.clock?(), isReadOnly: isReadOnly)
  }

  /// Runs a transaction and returns the result of its last run.
  private func result<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let result = Box<Value>()
    try await driver.transaction { connection in
      let value = try body(connection)
      result.value.withLock { $0 = value }
    }
    guard let value = result.value.withLock(\.self) else {
      throw StoreFailure.failed("the driver did not run the transaction")
    }
    return value
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}

/// An open transaction of a driver, in the terms of the runner's statements.
private struct DriverSession: SQLSession {
  let connection: any SQLConnection
  let dialect: SQLDialect
  let isReadOnly: Bool
  let now: Timestamp
  /// Always 0: the archive is looked up in the database, so no index has to be discarded when a server restarts.
  var incarnation: Int64 { 0 }

  init(_ connection: any SQLConnection, _ dialect: SQLDialect, now: Timestamp?, isReadOnly: Bool) throws {
    (self.connection, self.dialect, self.isReadOnly) = (connection, dialect, isReadOnly)
    if let now {
      self.now = now
      return
    }
    var microseconds: Int64?
    let clock =
      switch dialect {
      case .sqlite: "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
      case .postgres: "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint"
      }
    try connection.query(clock, []) { microseconds = try $0.integer(0) }
    guard let microseconds else { throw StoreFailure.failed("the database gave no time of day") }
    self.now = Timestamp(microseconds: microseconds)
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    guard !isReadOnly else { throw StoreFailure.unwritable("the transaction only reads") }
    for (index, row) in rows.enumerated() {
      let changed = try connection.execute(text(of: statement), try row.map(argument))
      if let failure, changed != 1 { throw failure(index) }
    }
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    var position = 0
    for query in queries {
      for question in query.questions {
        try connection.query(text(of: query.statement), try question.map(argument)) { row in
          var columns = Columns(row)
          try read(position, &columns)
        }
        position += 1
      }
    }
  }

  func lock(_ names: [String], _ mode: LockMode) throws { try connection.lock(names, mode) }

  func announceWork() {}

  private func text(of statement: Statement) -> String {
    dialect == .sqlite ? statement.sqlite : statement.postgres
  }

  private func argument(_ value: SQLValue) throws -> SQLArgument {
    switch (value, dialect) {
    case (.null, _): return .null
    case (.text(let text), _): return .text(try Self.checked(text))
    case (.integer(let integer), _): return .integer(integer)
    case (.bytes(let bytes), _): return .bytes(bytes)
    case (.flag(let flag), .sqlite): return .integer(flag ? 1 : 0)
    case (.flag(let flag), .postgres): return .text(flag ? "true" : "false")
    case (.texts(let texts), .sqlite):
      return .text(String(decoding: try CanonicalJSON.bytes(of: try texts.map(Self.checked)), as: UTF8.self))
    case (.texts(let texts), .postgres): return .texts(try texts.map(Self.checked))
    }
  }

  /// A text with a NUL may be cut off at it by a driver.
  private static func checked(_ text: String) throws -> String {
    guard !text.holdsNUL else { throw StoreFailure.data("a text with a NUL character") }
    return text
  }
}
