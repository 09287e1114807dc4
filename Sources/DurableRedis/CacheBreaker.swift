import Synchronization

/// Keeps everybody from waiting for a cache that is away: after a failure it is left alone for a while, for longer each
/// time, and then tried again by one.
struct CacheBreaker: Sendable {
  private var failures = 0
  private var restsUntil: ContinuousClock.Instant?

  private static let shortest = Duration.milliseconds(500)
  private static let longest = Duration.seconds(30)

  /// Whether it may be asked now.
  mutating func mayAsk(at now: ContinuousClock.Instant) -> Bool {
    guard let end = restsUntil else { return true }
    guard now >= end else { return false }
    // Until it has answered, nobody else is to try.
    restsUntil = now + Self.shortest
    return true
  }

  mutating func answered() {
    failures = 0
    restsUntil = nil
  }

  /// - Returns: whether this is the first failure after an answer.
  mutating func failed(at now: ContinuousClock.Instant) -> Bool {
    failures += 1
    restsUntil = now + min(Self.shortest * (1 << min(failures - 1, 6)), Self.longest)
    return failures == 1
  }
}
