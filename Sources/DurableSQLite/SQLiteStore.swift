package import DurableExecution
package import DurableSQL
import Foundation
import GRDB
package import Logging
import SQLiteFile
import Synchronization

/// The embedded store: one SQLite file, without a server. Every commit is on disk before it returns (`synchronous`
/// FULL), writers take turns (BEGIN IMMEDIATE), and several processes may share the file.
package final class SQLiteStore: SQLStore {
  package typealias Transaction = SQLTransaction

  /// How long to wait for other users of the file.
  static let patience = Duration.seconds(30)

  private let pool: any DatabaseWriter
  /// The connections of a store for reading only, which take turns; empty for a store that its pool reads too.
  private let readers: [DatabaseQueue]
  private let turn = Mutex(0)
  private let steps: SchemaSteps
  private let clock: @Sendable () -> Timestamp
  private let probe: StoreProbe?
  private let archiveIndex = ArchiveIndex()
  private let log: SQLiteLog
  /// The file that was opened; nil if it cannot be told.
  private let file: FileIdentity?

  init(
    _ pool: any DatabaseWriter, _ steps: SchemaSteps, _ log: SQLiteLog, readers: [DatabaseQueue] = [],
    clock: @escaping @Sendable () -> Timestamp, probe: StoreProbe?
  ) {
    self.pool = pool
    self.readers = readers
    self.log = log
    self.steps = steps
    self.clock = clock
    self.probe = probe
    file = FileIdentity(of: pool.path)
  }

  /// Opens the file, and creates or upgrades it if needed.
  ///
  /// - Parameters:
  ///   - steps: the steps that create its tables.
  ///   - clock: the database's clock. A file has no server to ask, so the default is the machine's clock.
  ///   - probe: notified of every statement, for metrics and for tests that inject failures.
  ///   - logBound: the size of the write-ahead log, in bytes, at which it is reset, or a warning says why it cannot be.
  ///   - logger: logs that warning.
  /// - Throws: `StoreFailure`.
  package convenience init(
    path: String, schema steps: SchemaSteps, clock: @escaping @Sendable () -> Timestamp = SQLiteStore.systemClock,
    probe: StoreProbe? = nil, logBound: Int64 = SQLiteLog.bound,
    logger: Logger = Logger(label: "store") { StreamLogHandler.standardError(label: $0) }
  ) throws {
    let schema = SQLiteSchema(steps: steps, path: path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience / .seconds(1))
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { database in
      // This runs before the pool enables write-ahead logging, so that a refused file is left unchanged.
      try schema.refuseUnfitFile(database)
      try database.execute(sql: "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY")
    }
    do {
      let pool = try Self.pool(path: path, configuration)
      try pool.writeWithoutTransaction { database in
        // This runs after the pool is open, because opening it sets NORMAL, with which a power loss can undo a commit.
        try database.execute(
          sql: """
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 32000;
            PRAGMA journal_size_limit = 134217728
            """)
      }
      try pool.writeWithoutTransaction(schema.upgrade)
      let log = SQLiteLog(of: path, bound: logBound, logger: logger)
      self.init(pool, steps, log, clock: clock, probe: probe)
    } catch {
      throw SQLiteFailure.storeFailure(error, path: path)
    }
  }

  /// Opens the pool. Enabling write-ahead logging does not wait for another process that is reading the file, such as
  /// one that starts at the same time: SQLite reports at once that it is busy, regardless of the timeout.
  private static func pool(path: String, _ configuration: Configuration) throws -> DatabasePool {
    let giveUp = ContinuousClock.now + patience
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < giveUp {
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }

  /// Returns the schema version of a file: 0 if there is no file or it is empty. Creates nothing and changes nothing.
  ///
  /// - Throws: `StoreFailure`.
  package static func schemaVersion(path: String, schema steps: SchemaSteps) throws -> Int {
    guard FileManager.default.fileExists(atPath: path) else {
      // The folder's existence is the only evidence of whether the file could be created.
      let folder = URL(filePath: path).deletingLastPathComponent().path
      guard FileManager.default.fileExists(atPath: folder) else {
        throw StoreFailure.unreachable("\(path) cannot be opened; check the folder and your rights to it")
      }
      return 0
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience / .seconds(1))
    do {
      let queue = try DatabaseQueue.reading(path: path, configuration: configuration)
      return try queue.inDatabase { database in
        let schema = SQLiteSchema(steps: steps, path: path)
        try schema.refuseUnfitFile(database)
        return try schema.version(of: database)
      }
    } catch {
      throw SQLiteFailure.storeFailure(error, path: path)
    }
  }

  package static let systemClock: @Sendable () -> Timestamp = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  package func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    guard readers.isEmpty else { throw StoreFailure.unwritable("\(pool.path) was opened only to be read") }
    return try await run { [probe, clock, archiveIndex] in
      try self.file?.refuseReplacement()
      try probe?.before(.begin)
      let value = try await self.pool.write { database in
        let session = SQLiteSession(database: database, now: clock())
        let value = try body(Transaction(session, probe: probe, archiveIndex: archiveIndex))
        try probe?.before(.commit)
        return value
      }
      try probe?.after(.commit)
      await self.log.tend(self.pool)
      return value
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await run { [clock] in
      try await self.reader.read { database in
        try body(Transaction(SQLiteSession(database: database, now: clock())))
      }
    }
  }

  /// The connection for the next read.
  private var reader: any DatabaseReader {
    guard !readers.isEmpty else { return pool }
    return turn.withLock { turn in
      turn = (turn + 1) % readers.count
      return readers[turn]
    }
  }

  package func awaitWork(upTo duration: Duration) async {
    // A file cannot notify anyone of changes.
    try? await Task.sleep(for: min(duration, .milliseconds(250)))
  }

  package func shapeComparison() async throws -> ShapeComparison? {
    try await run {
      let found = try await pool.read { try SQLiteSchema.shape(of: $0) }
      return ShapeComparison(found, asMade: try SQLiteSchema(steps: steps, path: pool.path).shapeAsMade())
    }
  }

  /// Closes the file after transactions in progress end.
  package func close() throws {
    for reader in readers.dropFirst() { try reader.close() }
    // Only a connection that may write clears the log, and the last one to close is the one that does.
    (pool as? DatabasePool)?.invalidateReadOnlyConnections()
    try pool.close()
  }

  private func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error as DatabaseError {
      throw SQLiteFailure.storeFailure(error, path: pool.path)
    }
  }
}

extension SQLiteStore {
  /// Opens an existing file for reading only. Nothing is created, upgraded or written, so a backup can be examined
  /// wherever it is stored. Anything that would write is refused as `StoreFailure.unwritable`.
  ///
  /// - Parameter connections: how many reads run at once.
  /// - Throws: `StoreFailure`.
  package convenience init(
    reading path: String, schema steps: SchemaSteps, connections: Int = 3,
    clock: @escaping @Sendable () -> Timestamp = SQLiteStore.systemClock
  ) throws {
    let schema = SQLiteSchema(steps: steps, path: path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience / .seconds(1))
    // Each connection has a cache of its own, and the kernel keeps the file's pages too.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY") }
    do {
      let readers = try (1...connections).map { _ in
        try DatabaseQueue.reading(path: path, configuration: configuration)
      }
      let queue = readers[0]
      let found = try queue.unsafeRead { database in
        try schema.refuseUnfitFile(database)
        return try schema.version(of: database)
      }
      guard found == steps.version else {
        throw StoreFailure.unreachable("\(path) has schema \(found); `claims migrate` brings it up to date")
      }
      let log = SQLiteLog(of: path, bound: .max, logger: Logger(label: "store"))
      self.init(queue, steps, log, readers: readers, clock: clock, probe: nil)
    } catch let error as UnreadableLog {
      throw StoreFailure.unreachable("\(error)")
    } catch {
      throw SQLiteFailure.storeFailure(error, path: path)
    }
  }
}
