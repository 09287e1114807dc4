import Foundation
import GRDB
import Logging
import Synchronization

/// The write-ahead log of a store's file. Commits are appended to it, and SQLite begins it anew only when nobody reads what
/// is in it: readers that follow one another without a pause, or one that never ends, let it grow.
package final class SQLiteLog: Sendable {
  /// The size in bytes from which something is done about the log.
  package static let bound: Int64 = 256 << 20
  /// How long a writer waits for readers to let the log be begun anew.
  private static let patience = Duration.milliseconds(200)

  private let path: String
  private let bound: Int64
  private let logger: Logger
  private let state: Mutex<State>

  private struct State {
    /// The size at which the next attempt is made.
    var nextAttempt: Int64
    /// The size at which the user is told.
    var nextWarning: Int64
  }

  init(of path: String, bound: Int64, logger: Logger) {
    self.path = path
    self.bound = bound
    self.logger = logger
    state = Mutex(State(nextAttempt: bound, nextWarning: bound))
  }

  /// Begins the log anew if it is too long, or says what keeps it from being.
  func tend(_ pool: any DatabaseWriter) async {
    let size = size
    guard size >= state.withLock(\.nextAttempt) else { return }
    // An attempt makes the others wait, so there is one for each quarter of the bound.
    state.withLock { $0.nextAttempt = size + bound / 4 }
    try? await pool.writeWithoutTransaction { database in
      let usual = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
      try database.execute(sql: "PRAGMA busy_timeout = \(Int(Self.patience / .milliseconds(1)))")
      // SQLite reports that readers are in the way. What they let pass is in the file now.
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
      \(path)-wal has \(left >> 20) MB, since another program keeps reading \(path) as it was: end that program, or its \
      transaction, and the log is begun anew
      """)
  }

  /// The size in bytes; 0 if there is no log.
  private var size: Int64 {
    var status = stat()
    return stat("\(path)-wal", &status) == 0 ? Int64(status.st_size) : 0
  }
}
