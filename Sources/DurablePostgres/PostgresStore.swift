package import DurableExecution
package import DurableSQL
package import Logging
package import PostgresDriver

/// The store for many processes and machines: one shared PostgreSQL database. Any of the processes may die at any time.
package final class PostgresStore: SQLStore {
  package typealias Transaction = SQLTransaction

  package let address: PostgresAddress
  private let pool: PostgresPool
  private let schema: PostgresSchema
  private let clock: (@Sendable () -> Timestamp)?
  private let probe: StoreProbe?
  private let listener: PostgresListener
  private let archiveIndex = ArchiveIndex()
  private let cache: (any ResponseCache)?
  private let settings: PostgresSettings
  private let beginning: Statement
  private let logger: Logger
  private let pacing: Pacing

  /// The maximum number of attempts for a transaction that conflicts with others.
  private static let attempts = 12

  /// Connects, and creates or upgrades our tables if needed.
  ///
  /// - Parameters:
  ///   - steps: the steps that create its tables.
  ///   - schema: the PostgreSQL schema that contains our tables.
  ///   - isSerializable: whether the server isolates transactions. Otherwise, a transaction that reads before it writes
  ///     must lock by name what its reads depend on.
  ///   - connections: the maximum number of simultaneous connections.
  ///   - clock: replaces the database's clock, for tests that let time pass.
  ///   - probe: notified of every statement, for metrics and for tests that inject failures.
  ///   - patience: how long a silent session may block others; ideally the length of a lease.
  ///   - logger: logs each session that is ended for this reason.
  ///   - pacing: the waits between attempts.
  ///   - makeCache: creates a cache for this store, given a secret that all users of the store share.
  /// - Throws: `StoreFailure`.
  package init(
    _ address: PostgresAddress, steps: SchemaSteps, schema: String, isSerializable: Bool = false,
    connections: Int = 8,
    clock: (@Sendable () -> Timestamp)? = nil, probe: StoreProbe? = nil, patience: Duration = .seconds(15),
    logger: Logger = Logger(label: "store") { StreamLogHandler.standardError(label: $0) }, pacing: Pacing = .system,
    cache makeCache: (@Sendable (_ secret: [UInt8]) throws -> any ResponseCache)? = nil
  ) async throws {
    self.address = address
    self.clock = clock
    self.probe = probe
    beginning = isSerializable ? SQL.beginSerializable : SQL.begin
    listener = PostgresListener(address, channel: "\(schema)_work")
    self.logger = logger
    self.pacing = pacing
    settings = PostgresSettings(schema: schema, patience: patience)
    let schema = PostgresSchema(name: schema, steps: steps, address: address)
    let pool = PostgresPool(address, limit: connections)
    self.pool = pool
    self.schema = schema
    do {
      try await pool.use { try Self.refuseSharedSession($0, at: address) }
      try await pool.use(schema.upgrade)
      cache = if let makeCache { try makeCache(try await pool.use(schema.cacheSecret)) } else { nil }
    } catch let error as PostgresError {
      throw PostgresFailure.storeFailure(error, at: address)
    }
  }

  /// Returns the schema version of a database: 0 if it has none of our tables. Changes nothing.
  ///
  /// - Throws: `StoreFailure`.
  package static func schemaVersion(
    at address: PostgresAddress, steps: SchemaSteps, schema: String
  ) async throws -> Int {
    let schema = PostgresSchema(name: schema, steps: steps, address: address)
    do {
      return try await PostgresPool(address, limit: 1).use { wire in
        try Self.refuseSharedSession(wire, at: address)
        return try schema.version(wire)
      }
    } catch let error as PostgresError {
      throw PostgresFailure.storeFailure(error, at: address)
    }
  }

  package func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await persistently {
      do {
        return try await self.once(body, trustingCache: true)
      } catch is FailedOnHints {
        return try await self.once(body, trustingCache: false)
      }
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await persistently {
      try await self.pool.use { wire in
        try Self.tellingWhy {
          let session = try self.begin(SQL.beginRead, on: wire, locksAreTaken: false)
          return try Self.ending(wire) { try body(Transaction(session)) }
        }
      }
    }
  }

  package func awaitWork(upTo duration: Duration) async { await listener.wait(upTo: duration) }

  package func shapeComparison() async throws -> ShapeComparison? {
    try await run {
      try await self.pool.use(self.schema.shapeComparison)
    }
  }

  /// Closes all connections; those in use first finish their work.
  package func close() {
    pool.close()
    listener.close()
  }

  /// Refuses a pooler that serves two connections with one session, assigning it to any client with a transaction to
  /// run. Prepared statements and notifications do not survive that, so this is checked before there are any.
  private static func refuseSharedSession(_ wire: PostgresWire, at address: PostgresAddress) throws {
    guard wire.isBehindPooler, try PostgresWire(address).serverProcess == wire.serverProcess else { return }
    throw StoreFailure.failed(
      "\(address) is a pooler in transaction mode, which gives one session to many; set it to session mode, or name the "
        + "server itself")
  }

  // MARK: One transaction

  /// Runs the work again as long as a retry may help.
  private func persistently<Value: Sendable>(_ once: @Sendable () async throws -> Value) async throws -> Value {
    var backoff = Backoff(from: .milliseconds(4), upTo: .milliseconds(400))
    var losses = 0
    var blocks = 0
    for attempt in 1... {
      do {
        return try await run(once)
      } catch let conflict as Conflict {
        guard attempt < Self.attempts else { throw PostgresFailure.storeFailure(conflict.error, at: address) }
      } catch let blocked as Blocked {
        if try await !endStaleSessions() { blocks += 1 }
        // The blocking transaction is still working. Other work may not be blocked by it.
        guard blocks < 3 else { throw PostgresFailure.storeFailure(blocked.error, at: address) }
      } catch let lost as LostBeforeCommit {
        // Nothing was committed. The pool has discarded the broken connection and creates another.
        losses += 1
        guard losses < 3 else { throw PostgresFailure.storeFailure(lost.error, at: address) }
      }
      try await pacing.sleep(backoff.next(pacing))
    }
    throw StoreFailure.busy("\(address)")
  }

  private func once<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value, trustingCache: Bool
  ) async throws -> Value {
    try await pool.use { [probe, archiveIndex, cache] wire in
      let hints = cache.map { CacheHints($0, areTrusted: trustingCache) }
      try probe?.before(.begin)
      let value = try Self.tellingWhy(hints) {
        let session = try self.begin(self.beginning, on: wire, locksAreTaken: true)
        return try Self.rollingBack(wire) {
          let transaction = Transaction(session, probe: probe, archiveIndex: archiveIndex, hints: hints)
          let value = try body(transaction)
          try transaction.proveHints()
          try session.answers()
          try probe?.before(.commit)
          return value
        }
      }
      try Self.tellingWhy { try wire.commit() }
      hints?.committed()
      try probe?.after(.commit)
      return value
    }
  }

  private func begin(_ statement: Statement, on wire: PostgresWire, locksAreTaken: Bool) throws -> PostgresSession {
    try wire.send(statement.name, statement.postgres, PostgresArguments())
    try settings.send(to: wire, marking: locksAreTaken)
    try wire.send(SQL.now.name, SQL.now.postgres, PostgresArguments())
    guard let row = try wire.allAnswers().last?.row(0) else { throw PostgresError.unexpected("no time of day") }
    return PostgresSession(
      wire, now: try clock?() ?? Timestamp(microseconds: row.integer(0)), incarnation: try row.integer(1),
      locksAreTaken: locksAreTaken)
  }

  private static func rollingBack<Value>(_ wire: PostgresWire, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch {
      // If even the rollback fails, the connection is not used again, and the server rolls back by itself.
      _ = try? wire.answers()
      try? wire.execute(SQL.rollback)
      throw error
    }
  }

  private static func ending<Value>(_ wire: PostgresWire, _ work: () throws -> Value) throws -> Value {
    let value = try rollingBack(wire, work)
    do {
      try wire.commit()
    } catch let unknown as UnknownCommit {
      // A read has nothing to commit, so it can be repeated.
      throw unknown.error
    }
    return value
  }

  /// Distinguishes failures after which nothing was committed and a retry may succeed from all other failures.
  private static func tellingWhy<Value>(_ hints: CacheHints? = nil, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as PostgresError where error.state == .lockNotAvailable {
      throw Blocked(error: error)
    } catch  where hints?.wereTaken == true {
      // Any error may be due to what the cache claimed.
      hints?.failed(isRefusal: error is StoreFailure || (error as? PostgresError)?.isConflict == true)
      throw FailedOnHints()
    } catch let error as PostgresError {
      if error.isConflict { throw Conflict(error: error) }
      if error.isLoss { throw LostBeforeCommit(error: error) }
      throw error
    }
  }

  private struct FailedOnHints: Error {}
  private struct Conflict: Error { let error: PostgresError }
  private struct LostBeforeCommit: Error { let error: PostgresError }
  /// A wait for a lock timed out.
  private struct Blocked: Error { let error: PostgresError }

  /// Ends sessions of this store that hold a lock and are silent, and records each.
  ///
  /// - Returns: whether any session was ended.
  private func endStaleSessions() async throws -> Bool {
    let ended = try await run { [settings] in
      try await self.pool.use { wire in try settings.staleSessions.end(wire) }
    }
    guard !ended.isEmpty else { return false }
    for session in ended { logger.warning("ended \(session): it held up others") }
    try await transaction { transaction in
      for session in ended {
        try transaction.write(
          act: OperatorAct.sessionEnded, of: KeyText("session:\(session.process)"),
          by: SignOff(by: "a worker", reason: "\(session)"), waiving: [])
      }
    }
    return true
  }

  private func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let unknown as UnknownCommit {
      throw PostgresFailure.storeFailure(unknown.error, at: address)
    } catch let error as PostgresError {
      if Task.isCancelled { throw CancellationError() }
      throw PostgresFailure.storeFailure(error, at: address)
    }
  }
}

/// The connection was lost during COMMIT, so it is unknown whether the transaction was committed.
private struct UnknownCommit: Error { let error: PostgresError }

private enum SQL {
  static let begin = Statement("begin", "BEGIN ISOLATION LEVEL READ COMMITTED")
  static let beginSerializable = Statement("begin.serializable", "BEGIN ISOLATION LEVEL SERIALIZABLE")
  static let beginRead = Statement("begin.read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  /// Selects the time, and the start time of this server, which identifies its current run.
  static let now = Statement(
    "now",
    """
    SELECT CAST(extract(epoch FROM now()) * 1000000 AS BIGINT), \
    CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS BIGINT)
    """)
  static let commit = Statement("commit", "COMMIT")
  static let rollback = Statement("rollback", "ROLLBACK")
}

extension PostgresWire {
  fileprivate func commit() throws {
    try send(SQL.commit.name, SQL.commit.postgres, PostgresArguments())
    do {
      // The server answers COMMIT with ROLLBACK when the transaction had failed.
      guard try allAnswers().last?.command == "COMMIT" else { throw PostgresError.unexpected("no commit") }
    } catch let error as PostgresError where error.leavesCommitOpen {
      throw UnknownCommit(error: error)
    }
  }

  fileprivate func execute(_ statement: Statement) throws {
    try send(statement.name, statement.postgres, PostgresArguments())
    _ = try allAnswers()
  }

  fileprivate func allAnswers() throws -> [PostgresResult] {
    do {
      return try answers()
    } catch {
      throw error.error
    }
  }
}
