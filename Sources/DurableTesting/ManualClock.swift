public import DurableExecution
import Synchronization

/// A clock for a store that moves only when a test advances it.
///
/// ```swift
/// let clock = ManualClock()
/// let durable = try await Durable(.sqlite("test.db").with(clock), lease: .seconds(30))
/// clock.advance(by: .seconds(31))  // every lease has ended
/// ```
public final class ManualClock: Sendable {
  private let instant: Mutex<Timestamp>

  /// Creates a clock that starts on 2026-06-01 at noon UTC.
  public convenience init() {
    self.init(startingAt: Timestamp(microseconds: 1_780_315_200_000_000))
  }

  package init(startingAt start: Timestamp) {
    instant = Mutex(start)
  }

  package var now: Timestamp { instant.withLock { $0 } }

  /// Moves the clock forward.
  ///
  /// - Parameter duration: how far to move, truncated to whole microseconds.
  public func advance(by duration: Duration) {
    instant.withLock { $0 = $0.adding(duration) }
  }
}

extension DurableLocation {
  /// Returns the same store with a clock that a test controls. Leases and expiry follow it.
  public func with(_ clock: ManualClock) -> DurableLocation {
    var location = self
    location.settings.clock = { clock.now }
    return location
  }
}
