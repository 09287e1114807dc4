import ClaimStore
import DurableExecution
import DurableSQLite
import Synchronization

/// The machine's clock, and what a test adds to it: leases end without anybody waiting for them.
final class LateClock: Sendable {
  private let lateness = Mutex(Duration.zero)

  var now: Timestamp { SQLiteStore.systemClock().adding(lateness.withLock { $0 }) }

  func advance(by duration: Duration) { lateness.withLock { $0 += duration } }
}
