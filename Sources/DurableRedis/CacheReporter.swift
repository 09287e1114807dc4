import DurableSQL
import Logging
import Synchronization

/// Counts the answers of a cache, and periodically logs how often it was wrong.
final class CacheReporter: Sendable {
  private let logger: Logger
  private let state = Mutex(State())

  private struct State {
    var counts = CacheCounts()
    var untold = 0
    var toldAt: ContinuousClock.Instant?
  }

  private static let pause = Duration.seconds(1)

  init(logger: Logger) {
    self.logger = logger
  }

  var counts: CacheCounts { state.withLock { $0.counts } }

  func note(_ sightings: some Sequence<KeySighting> & Sendable) {
    state.withLock { $0.counts.note(sightings) }
  }

  func wasWrong(of keys: Int) {
    let now = ContinuousClock.now
    let untold: Int? = state.withLock { state in
      state.counts.wrong += keys
      state.untold += keys
      if let last = state.toldAt, now - last < Self.pause { return nil }
      defer { state.untold = 0 }
      state.toldAt = now
      return state.untold
    }
    if let untold { logger.notice("the cache was wrong about \(untold) keys; the store decided, as always") }
  }
}

/// Prevents callers from waiting for an unreachable cache. After a failure the cache is left alone, longer after each
/// failure, and then one caller tries it again.
struct CacheBreaker: Sendable {
  private var failures = 0
  private var restsUntil: ContinuousClock.Instant?

  private static let shortest = Duration.milliseconds(500)
  private static let longest = Duration.seconds(30)

  /// Whether the cache may be asked now.
  mutating func mayAsk(at now: ContinuousClock.Instant) -> Bool {
    guard let end = restsUntil else { return true }
    guard now >= end else { return false }
    // No other caller may try until the cache has answered.
    restsUntil = now + Self.shortest
    return true
  }

  mutating func answered() {
    failures = 0
    restsUntil = nil
  }

  /// - Returns: whether this is the first failure since the last answer.
  mutating func failed(at now: ContinuousClock.Instant) -> Bool {
    failures += 1
    restsUntil = now + min(Self.shortest * (1 << min(failures - 1, 6)), Self.longest)
    return failures == 1
  }
}

/// Counts of a cache's answers.
package struct CacheCounts: Hashable, Sendable {
  /// Keys that the cache had not seen.
  package var unseen = 0
  /// Keys for which the cache had a response.
  package var responses = 0
  /// Keys that had been looked up before, without a response.
  package var seen = 0
  /// Answers that the store refuted.
  package var wrong = 0

  package init(unseen: Int = 0, responses: Int = 0) {
    self.unseen = unseen
    self.responses = responses
  }

  mutating func note(_ sightings: some Sequence<KeySighting>) {
    for sighting in sightings {
      switch sighting {
      case .unseen: unseen += 1
      case .seen: seen += 1
      case .response: responses += 1
      }
    }
  }
}
