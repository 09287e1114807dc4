package import DurableExecution
import Synchronization

/// A database clock that stands still until it is told to go on.
package final class ManualClock: Sendable {
  private let instant: Mutex<Timestamp>

  /// Starts on 2026-06-01, noon UTC.
  package init(startingAt start: Timestamp = Timestamp(microseconds: 1_780_315_200_000_000)) {
    instant = Mutex(start)
  }

  package var now: Timestamp { instant.withLock { $0 } }

  package func advance(by duration: Duration) {
    instant.withLock { $0 = $0.adding(duration) }
  }
}
