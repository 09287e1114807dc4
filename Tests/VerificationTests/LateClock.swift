import ClaimStore
import DurableExecution
import DurableSQLite
import Synchronization

/// The system clock plus an offset that a test sets, so that leases end without waiting.
final class LateClock: Sendable {
  private let lateness = Mutex(Duration.zero)

  var now: Timestamp { SQLiteStore.systemClock().adding(lateness.withLock { $0 }) }

  func advance(by duration: Duration) { lateness.withLock { $0 += duration } }
}
