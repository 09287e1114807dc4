import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurablePostgres
import DurableSQL
import DurableSQLite
import DurableTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("What a claim costs does not depend on how many claims there are", .postgres)
struct StatementPlanTests {
  @Test(
    "no statement of the pipeline reads a whole table or a whole index: each has an index for what it asks",
    arguments: StoreKind.allCases)
  func noScan(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let plans = Plans(of: kind)
    let store = ClaimStore(PlannedStore(try await world.openBase(), plans))
    let claims = (1...4).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }
    _ = try await world.process(claims, on: store)
    // A repeat, the same care under another number, and a correction.
    _ = try await world.process(claims + [SampleClaim.make("B-1", member: "W-1")], on: store)
    _ = try await world.process([SampleClaim.make("A-2", member: "W-2", day: 3, frequency: .replacement)], on: store)

    #expect(plans.steps.count > 25, "the pipeline runs more statements than that")
    for (statement, steps) in plans.steps.sorted(by: { $0.key < $1.key }) {
      let scans = steps.filter { step in kind.isScan(step) && !Self.small.contains(where: step.contains) }
      #expect(scans.isEmpty, "\(statement)")
    }
  }

  /// The tables that never have more than a row, and the lists that a statement is given.
  private static let small = ["bank_link", "closed_cash_book", "json_each", "rulesets"]
}

extension StoreKind {
  /// Whether a step of an execution plan reads a whole table or index.
  fileprivate func isScan(_ step: String) -> Bool {
    switch self {
    case .sqlite: step.hasPrefix("SCAN") && step != "SCAN CONSTANT ROW"
    case .postgres: step.contains("Seq Scan on")
    }
  }
}

extension ClaimsWorld {
  fileprivate func openBase() async throws -> any SQLStore {
    let clock = clock
    return switch place {
    case .file(let path): try SQLiteStore(path: path, clock: { clock.now })
    case .schema(let name, let server): try await PostgresStore(server.address, schema: name, clock: { clock.now })
    }
  }
}

/// The execution plan of each statement, by name.
private final class Plans: Sendable {
  let kind: StoreKind
  private let found = Mutex<[String: [String]]>([:])

  init(of kind: StoreKind) {
    self.kind = kind
  }

  var steps: [String: [String]] { found.withLock(\.self) }

  func isMissing(_ statement: Statement) -> Bool { found.withLock { $0[statement.name] == nil } }

  func add(_ statement: Statement, _ steps: [String]) { found.withLock { $0[statement.name] = steps } }
}

/// A store that asks the database for the plan of each statement before it is first run.
private struct PlannedStore: SQLStore {
  let base: any SQLStore
  let plans: Plans

  init(_ base: any SQLStore, _ plans: Plans) {
    self.base = base
    self.plans = plans
  }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (SQLTransaction) throws -> Value
  ) async throws -> Value {
    try await base.transaction { [plans] in try body(SQLTransaction(PlannedSession(base: $0.session, plans: plans))) }
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
    try await base.read { [plans] in try body(SQLTransaction(PlannedSession(base: $0.session, plans: plans))) }
  }

  func awaitWork(upTo duration: Duration) async { await base.awaitWork(upTo: duration) }

  func shapeComparison() async throws -> ShapeComparison? { try await base.shapeComparison() }
}

private struct PlannedSession: SQLSession {
  let base: any SQLSession
  let plans: Plans

  var now: Timestamp { base.now }
  var incarnation: Int64 { base.incarnation }

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
    // On small tables PostgreSQL prefers to read all of them. What it still reads whole has no index.
    try base.ask([SQLQuery(Self.avoidScans, [[]])]) { _, _ in }
    var steps: [String] = []
    let plan = Statement(
      "explain.\(statement.name)",
      DialectText(sqlite: "EXPLAIN QUERY PLAN \(statement.sqlite)", postgres: "EXPLAIN \(statement.postgres)"))
    // SQLite describes a step in its fourth column.
    let column = plans.kind == .sqlite ? 3 : 0
    try base.ask([SQLQuery(plan, [arguments])]) { _, row in steps.append(try row.row.text(column)) }
    plans.add(statement, steps)
  }

  private static let avoidScans = Statement(
    "avoidScans", DialectText(sqlite: "SELECT 1", postgres: "SET LOCAL enable_seqscan = off"))
}
