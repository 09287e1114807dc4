package import DurableExecution
import Synchronization

/// Lets each caller make so many requests a second, and as many at once after a quiet second. One caller's haste holds up
/// no other.
package final class CallerRates: Sendable {
  /// The time that each request takes up.
  private let interval: Duration
  private let pacing: Pacing
  /// When the requests that were let through are used up, by caller (the generic cell rate algorithm, ITU-T I.371).
  private let usedUp = Mutex<[String: ContinuousClock.Instant]>([:])

  /// - Parameter limit: the requests of a caller in a second.
  package init(perSecond limit: Int, pacing: Pacing) {
    interval = .seconds(1) / max(1, limit)
    self.pacing = pacing
  }

  /// - Throws: `APIProblem` with status 429 for a request that comes too early.
  package func admit(_ caller: String) throws(APIProblem) {
    let now = pacing.now()
    let early = usedUp.withLock { usedUp -> Duration? in
      let before = max(now, usedUp[caller] ?? now)
      let wait = (before + interval - now) - .seconds(1)
      guard wait <= .zero else { return wait }
      usedUp[caller] = before + interval
      return nil
    }
    guard let early else { return }
    throw APIProblem(
      429, "too-many-requests", "Too Many Requests", "more requests a second than the service lets one caller make",
      retryAfter: Int(early.components.seconds) + 1)
  }
}
