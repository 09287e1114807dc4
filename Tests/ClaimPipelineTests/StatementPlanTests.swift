import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("What a claim costs does not depend on how many claims there are", .postgres)
struct StatementPlanTests {
  @Test(
    "no statement of the pipeline reads a whole table, not even if the tables were empty when PostgreSQL counted their rows",
    arguments: StoreKind.allCases)
  func noScan(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let plans = Plans(of: kind)
    let store = ClaimStore(WatchedStore(try await world.openBase()) { PlannedSession(base: $0, plans: plans) })
    let claims = (1...4).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }
    try await world.place.run("ANALYZE\(kind == .postgres ? " claims, decision_lines, accumulator_entries" : "")")
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

  @Test("nor does what people ask about one claim", arguments: StoreKind.allCases)
  func noScanOfOneClaim(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let base = ClaimStore(try await world.openBase())
    try await world.place.run("ANALYZE\(kind == .postgres ? " claims, payments, ledger_postings" : "")")
    // In a table of a few pages PostgreSQL rightly reads them all.
    _ = try await world.process((1...600).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }, on: base)
    let plans = Plans(of: kind)
    let store = ClaimStore(WatchedStore(try await world.openBase()) { PlannedSession(base: $0, plans: plans) })
    try await store.read { transaction in
      for number in 1...4 {
        for row in try transaction.claims(named: "A-\(number)") {
          #expect(try !transaction.postings(of: row.id).isEmpty)
          #expect(try !transaction.payments(of: [row.id]).isEmpty)
          _ = try transaction.told(of: row.id)
          _ = try transaction.acts(on: [row.keys.intake])
          _ = try transaction.suspendedSince(row)
          _ = try transaction.records(for: [row.keys.intake])
        }
      }
    }
    #expect(plans.steps.count >= 5)
    for (statement, steps) in plans.steps.sorted(by: { $0.key < $1.key }) {
      let scans = steps.filter { step in kind.isScan(step) && !Self.small.contains(where: step.contains) }
      #expect(scans.isEmpty, "\(statement)")
    }
  }

  /// On a server each question is a round trip, with what was written before it; the commit is one more in each transaction.
  @Test("a batch of new claims asks the store as many questions as one claim", arguments: [1, 7, 60])
  func questions(count: Int) async throws {
    let world = try ClaimsWorld(on: .sqlite)
    let asked = Asked()
    let store = ClaimStore(WatchedStore(try await world.openBase()) { CountedSession(base: $0, asked: asked) })
    _ = try await world.process([SampleClaim.make("A-0", member: "W-0")], on: store)
    asked.clear()
    _ = try await world.process((1...count).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }, on: store)
    #expect(asked.transactions.map(\.count) == [5, 2])
  }

  @Test("the queue finds a claim by its key, whatever PostgreSQL has counted in the table before")
  func queuePlans() async throws {
    let world = try ClaimsWorld(on: .postgres)
    let base = try await world.openBase()
    let plans = Plans(of: .postgres)
    let store = ClaimStore(WatchedStore(base) { PlannedSession(base: $0, plans: plans) })
    let claims = (1...2_000).map { number in
      QueuedClaim(
        key: KeyText("idemp:intake:\(number)"), payerID: PayerID("P"), priority: 0, receivedOn: .openEnd, body: [],
        source: "file", place: "\(number)")
    }
    _ = try await store.transaction { try $0.submit(claims, limit: 10_000) }
    // No claim is leased when the rows are counted.
    try await base.transaction { try $0.run(Statement("analyze", "ANALYZE claim_queue"), [[]]) }
    try await store.transaction { transaction in
      let leased = try transaction.lease(
        upTo: 100, by: WorkerID("worker"), until: try transaction.now.adding(.seconds(30))
      ).map(\.lease)
      _ = try transaction.renew(leased, until: try transaction.now.adding(.seconds(30)))
      try transaction.postpone([(leased[0], try transaction.now)])
      try transaction.setAside([(leased[1], "a reason")])
      _ = try transaction.finish(Array(leased[2...]))
    }
    for name in ["queue.renew", "queue.postpone", "queue.setAside", "queue.finish", "queue.lease", "queue.lapse"] {
      let steps = try #require(plans.steps[name])
      let text = steps.joined(separator: "\n")
      #expect(text.contains("claim_queue_pkey"), "\(name): \(text)")
      #expect(!text.contains("Seq Scan on claim_queue"), "\(name): \(text)")
    }
  }

  @Test("a worker finds its key by the key, whatever PostgreSQL has counted in the table before")
  func keyPlans() async throws {
    let world = try ClaimsWorld(on: .postgres)
    let base = try await world.openBase()
    let plans = Plans(of: .postgres)
    let store = WatchedStore(base) { PlannedSession(base: $0, plans: plans) }
    // No key is pending when the rows are counted.
    try await base.transaction { transaction in
      let keys = "SELECT 'idemp:test:' || n, 'test', 'FAILED', repeat('f', 64), '', '', 1, repeat('f', 64), 'A', '1'"
      let insert = """
        INSERT INTO effect_keys (key, effect, status, fingerprint, response, content_type, response_status, \
        response_digest, agent, agent_version, epoch, attempts, root_key, lamport, retention, created_at, completed_at, \
        expires_at) \(keys), 1, 1, '', 1, 'workflow', n, n, n FROM generate_series(1, 5000) AS n
        """
      try transaction.run(Statement("fill", DialectText(stringLiteral: insert)), [[]])
      try transaction.run(Statement("analyze", "ANALYZE effect_keys"), [[]])
    }
    try await store.transaction { transaction in
      let now = try transaction.now
      let lease = KeyRecord.Lease(owner: WorkerID("worker"), expiresAt: now.adding(.seconds(9)), length: .seconds(9))
      let record = KeyRecord(
        key: KeyText("idemp:test:new"), state: .pending(lease),
        fingerprint: Fingerprint(hex: String(repeating: "f", count: 64)),
        agent: AgentVersion("A", "1"), epoch: .first, attempts: 1, root: KeyText("idemp:test:new"), parent: nil,
        childKey: nil, lamport: LamportTime(1), retention: .workflow, createdAt: now, expiresAt: now)
      try transaction.insert([record])
      _ = try transaction.renew([(record.key, record.epoch)], until: now.adding(.seconds(9)))
      _ = try transaction.hold([(record.key, record.epoch)])
      try transaction.replace([RecordChange(from: record, to: record)])
    }
    for name in ["keys.renew", "keys.hold", "keys.replace"] {
      let text = try #require(plans.steps[name]).joined(separator: "\n")
      #expect(text.contains("effect_keys_pkey"), "\(name): \(text)")
    }
  }

  /// The tables that never have more than a row, and the lists that a statement is given. SQLite also plans to look for the
  /// children of a new payment, since a trigger is on its table, and does so only while a deferred foreign key is violated
  /// (`FkIfZero`): here none is deferred.
  private static let small = ["bank_link", "closed_cash_book", "json_each", "rulesets", "SCAN remitted_claims"]
}

extension StoreKind {
  /// Whether a step of an execution plan reads a whole table or index. PostgreSQL may read all of an index for a join of two
  /// sets.
  fileprivate func isScan(_ step: String) -> Bool {
    switch self {
    case .sqlite: step.hasPrefix("SCAN") && step != "SCAN CONSTANT ROW"
    case .postgres: ["Seq Scan on", "Hash Join", "Merge Join", "Gather"].contains(where: step.contains)
    }
  }
}

/// The questions of each transaction, by name.
private final class Asked: Sendable {
  private let found = Mutex<[[String]]>([])

  var transactions: [[String]] { found.withLock(\.self) }

  func clear() { found.withLock { $0 = [] } }

  func begin() { found.withLock { $0.append([]) } }

  func add(_ names: [String]) { found.withLock { $0[$0.count - 1].append(names.joined(separator: "+")) } }
}

/// A session that notes what it is asked. On a server, each question is a round trip: what is written before goes with it.
private struct CountedSession: SQLSession {
  let base: any SQLSession
  let asked: Asked

  init(base: any SQLSession, asked: Asked) {
    (self.base, self.asked) = (base, asked)
    asked.begin()
  }

  var now: Timestamp {
    get throws { try base.now }
  }
  var incarnation: Int64 {
    get throws { try base.incarnation }
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    try base.run(statement, rows, orFail: failure)
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    asked.add(queries.map(\.statement.name))
    try base.ask(queries, read)
  }

  func lock(_ names: [String], _ mode: LockMode) throws { try base.lock(names, mode) }

  func announceWork() throws { try base.announceWork() }
}
