import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import DurableSQLite
import DurableTesting
import Synchronization
import TestSupport

extension ClaimsWorld {
  func openBase() async throws -> any SQLStore {
    let clock = clock
    return switch place {
    case .file(let path): try SQLiteStore(path: path, clock: { clock.now })
    case .schema(let place):
      try await PostgresStore(place.address, schema: place.schema, clock: { clock.now })
    }
  }
}

/// The execution plan of each statement, by name.
final class Plans: Sendable {
  let kind: StoreKind
  private let found = Mutex<[String: [String]]>([:])

  init(of kind: StoreKind) {
    self.kind = kind
  }

  var steps: [String: [String]] { found.withLock(\.self) }

  func isMissing(_ statement: Statement) -> Bool { found.withLock { $0[statement.name] == nil } }

  func add(_ statement: Statement, _ steps: [String]) { found.withLock { $0[statement.name] = steps } }
}

/// A store whose sessions are wrapped in others.
struct WatchedStore: SQLStore {
  let base: any SQLStore
  let watched: @Sendable (any SQLSession) -> any SQLSession

  init(_ base: any SQLStore, _ watched: @escaping @Sendable (any SQLSession) -> any SQLSession) {
    self.base = base
    self.watched = watched
  }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (SQLTransaction) throws -> Value
  ) async throws -> Value {
    try await base.transaction { [watched] in try body(SQLTransaction(watched($0.session))) }
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
    try await base.read { [watched] in try body(SQLTransaction(watched($0.session))) }
  }

  func awaitWork(upTo duration: Duration) async { await base.awaitWork(upTo: duration) }

  func shapeComparison() async throws -> ShapeComparison? { try await base.shapeComparison() }
}

/// A session that asks the database for the plan of each statement before it is first run.
struct PlannedSession: SQLSession {
  let base: any SQLSession
  let plans: Plans

  var now: Timestamp {
    get throws { try base.now }
  }
  var incarnation: Int64 {
    get throws { try base.incarnation }
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    try explain(statement, rows)
    try base.run(statement, rows, orFail: failure)
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    for query in queries { try explain(query.statement, query.questions) }
    try base.ask(queries, read)
  }

  func lock(_ names: [String], _ mode: LockMode) throws { try base.lock(names, mode) }

  func announceWork() throws { try base.announceWork() }

  private func explain(_ statement: Statement, _ rows: [[SQLValue]]) throws {
    guard let arguments = rows.first, plans.isMissing(statement) else { return }
    var steps: [String] = []
    let plan = Statement(
      "explain.\(statement.name)",
      DialectText(sqlite: "EXPLAIN QUERY PLAN \(statement.sqlite)", postgres: "EXPLAIN \(statement.postgres)"))
    // SQLite describes a step in its fourth column.
    let column = plans.kind == .sqlite ? 3 : 0
    try base.ask([SQLQuery(plan, [arguments])]) { _, row in steps.append(try row.row.text(column)) }
    if plans.kind == .postgres, let form = statement.rowsForm {
      steps += try stepsForRows(of: statement.name, form, arguments)
    }
    plans.add(statement, steps)
  }

  /// The plan for many rows at once.
  private func stepsForRows(of name: String, _ form: RowsForm, _ arguments: [SQLValue]) throws -> [String] {
    let columns = arguments.compactMap { value -> String? in
      switch value {
      case .null, .texts: nil
      case .text: "text"
      case .integer: "bigint"
      case .bytes: "bytea"
      case .flag: "boolean"
      }
    }
    let rows = columns.map { "ARRAY(SELECT NULL::\($0) FROM generate_series(1, 100))" }.joined(separator: ", ")
    let hasValues = arguments.map { $0 != .null }
    let plan = "EXPLAIN \(form.text(hasValues, rows: "unnest(\(rows))"))"
    var steps: [String] = []
    let statement = Statement("explain.\(name).rows", DialectText(sqlite: "", postgres: plan))
    try base.ask([SQLQuery(statement, [[]])]) { _, row in steps.append(try row.row.text(0)) }
    return steps
  }
}
