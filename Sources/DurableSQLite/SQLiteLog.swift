import Foundation
import GRDB
import Logging
import Synchronization

/// Keeps the write-ahead log of a store's file short.
///
/// Each commit is appended to the log. SQLite resets the log only while no reader uses it, so the log grows if one reader
/// never ends, or if readers overlap without a pause.
package final class SQLiteLog: Sendable {
  /// The default size, in bytes, at which the log is too long.
  package static let bound: Int64 = 256 << 20
  /// How long a writer waits for readers before it gives up resetting the log.
  private static let patience = Duration.milliseconds(200)

  private let path: String
  private let bound: Int64
  private let logger: Logger
  private let state: Mutex<State>

  private struct State {
    /// The size at which the next reset is attempted.
    var nextAttempt: Int64
    /// The size at which the next warning is logged.
    var nextWarning: Int64
  }

  init(of path: String, bound: Int64, logger: Logger) {
    self.path = path
    self.bound = bound
    self.logger = logger
    state = Mutex(State(nextAttempt: bound, nextWarning: bound))
  }

  /// Resets the log if it is too long. If a reader prevents that, logs a warning, once each time the size has doubled.
  func tend(_ pool: any DatabaseWriter) async {
    let size = size
    guard size >= state.withLock(\.nextAttempt) else { return }
    // Other writers wait during an attempt, so the next one is due only after the log has grown by a quarter of the bound.
    state.withLock { $0.nextAttempt = size + bound / 4 }
    try? await pool.writeWithoutTransaction { database in
      let usual = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
      try database.execute(sql: "PRAGMA busy_timeout = \(Int(Self.patience / .milliseconds(1)))")
      // A reader makes this fail. Everything before that reader's view has then been copied to the file.
      _ = try? database.checkpoint(.truncate)
      try database.execute(sql: "PRAGMA busy_timeout = \(usual)")
    }
    let left = self.size
    if left < bound { return state.withLock { $0 = State(nextAttempt: bound, nextWarning: bound) } }
    let isNews = state.withLock { state in
      guard left >= state.nextWarning else { return false }
      state.nextWarning = left * 2
      return true
    }
    guard isNews else { return }
    logger.warning(
      """
      \(path)-wal has grown to \(left >> 20) MB, because another program keeps a read transaction open on \(path): end \
      that transaction or the program, and the log is reset
      """)
  }

  /// The size in bytes; 0 if there is no log.
  private var size: Int64 {
    var status = stat()
    return stat("\(path)-wal", &status) == 0 ? Int64(status.st_size) : 0
  }
}
