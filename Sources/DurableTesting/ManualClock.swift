package import DurableExecution
import Synchronization

/// A clock for a store that stands still until a test moves it.
///
/// ```swift
/// let clock = ManualClock()
/// let durable = try await Durable(.sqlite("test.db").with(clock), lease: .seconds(30))
/// clock.advance(by: .seconds(31))  // every lease has ended
/// ```
public final class ManualClock: Sendable {
  private let instant: Mutex<Timestamp>

  /// Starts on 2026-06-01, noon UTC.
  public convenience init() {
    self.init(startingAt: Timestamp(microseconds: 1_780_315_200_000_000))
  }

  package init(startingAt start: Timestamp) {
    instant = Mutex(start)
  }

  package var now: Timestamp { instant.withLock { $0 } }

  /// Moves the clock forward.
  ///
  /// - Parameter duration: how far; whole microseconds count.
  public func advance(by duration: Duration) {
    instant.withLock { $0 = $0.adding(duration) }
  }
}
