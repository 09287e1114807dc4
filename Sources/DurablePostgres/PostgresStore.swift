package import DurableExecution
package import DurableSQL
package import Logging
package import PostgresDriver

/// The store for many processes and machines: one shared PostgreSQL database. Any of the processes may die at any time.
package final class PostgresStore: SQLStore {
  package typealias Transaction = SQLTransaction

  package let address: PostgresAddress
  /// All connections: the server lets transactions that end at the same time share a write to the disk.
  package let writers: Int
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
  /// The same after serialization failures. Two long transactions may fail each other many times before their random waits
  /// let one of them finish.
  private static let serializationAttempts = 40
  /// How long to ask what became of a transaction whose commit was not answered.
  private static let patienceForCommit = Duration.seconds(10)

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
    writers = connections
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
          let value = try Self.rollingBack(session) { try body(Transaction(session)) }
          do {
            try session.commit()
          } catch let unknown as UnknownCommit {
            // A read has nothing to commit, so it can be repeated.
            throw unknown.error
          }
          return value
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
        let limit = conflict.error.state == .serializationFailure ? Self.serializationAttempts : Self.attempts
        guard attempt < limit else { throw PostgresFailure.storeFailure(conflict.error, at: address) }
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
    let ran = try await pool.use { [probe, archiveIndex, cache] wire in
      let hints = cache.map { CacheHints($0, areTrusted: trustingCache) }
      try probe?.before(.begin)
      let (session, value) = try Self.tellingWhy(hints) {
        let session = try self.begin(self.beginning, on: wire, locksAreTaken: true)
        let value = try Self.rollingBack(session) {
          let transaction = Transaction(session, probe: probe, archiveIndex: archiveIndex, hints: hints)
          let value = try body(transaction)
          try transaction.proveHints()
          // Whatever fails because of a hint must fail before the commit.
          if session.mustHearBeforeCommit || hints != nil { try session.answers() }
          try probe?.before(.commit)
          return value
        }
        return (session, value)
      }
      var ran = Ran(value: value, responses: hints?.responses ?? [:])
      do {
        try Self.tellingWhy { try session.commit() }
      } catch let unknown as UnknownCommit {
        ran.unknown = unknown
      }
      return ran
    }
    if let unknown = ran.unknown, try await !isCommitted(unknown) { throw LostBeforeCommit(error: unknown.error) }
    if !ran.responses.isEmpty { cache?.remember(ran.responses) }
    try probe?.after(.commit)
    return ran.value
  }

  /// A transaction that has run to its commit.
  private struct Ran<Value: Sendable>: Sendable {
    let value: Value
    /// The responses for the cache.
    let responses: [KeyText: [UInt8]]
    /// Why it is not known whether the transaction was committed; nil if it was.
    var unknown: UnknownCommit?
  }

  /// Asks the server whether a transaction was committed, and asks again while the server is away or still runs it.
  ///
  /// - Throws: `UnknownCommit` if it cannot be established: the server stays away, or has restarted, or another machine
  ///   has taken over.
  private func isCommitted(_ unknown: UnknownCommit) async throws -> Bool {
    guard let transaction = unknown.transaction else { throw unknown }
    var backoff = Backoff(from: .milliseconds(4), upTo: .milliseconds(400))
    let giveUp = pacing.now() + Self.patienceForCommit
    repeat {
      do {
        switch try await pool.use(transaction.state) {
        case "committed": return true
        case "aborted": return false
        case nil: throw unknown
        default: break
        }
      } catch is PostgresError {
        // The server may be back soon.
      }
      try await pacing.sleep(backoff.next(pacing))
    } while pacing.now() < giveUp
    throw unknown
  }

  private func begin(_ statement: Statement, on wire: PostgresWire, locksAreTaken: Bool) throws -> PostgresSession {
    try PostgresSession(wire, statement, settings, clock: clock, locksAreTaken: locksAreTaken)
  }

  private static func rollingBack<Value>(_ session: PostgresSession, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch {
      session.rollBack()
      throw error
    }
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

private enum SQL {
  static let begin = Statement("begin", "BEGIN ISOLATION LEVEL READ COMMITTED")
  static let beginSerializable = Statement("begin.serializable", "BEGIN ISOLATION LEVEL SERIALIZABLE")
  static let beginRead = Statement("begin.read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
}
