import DurableSQL
import Logging
import Synchronization

/// Counts what a cache was good for, and tells now and then of what it was wrong about.
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

/// What a cache was good for.
package struct CacheCounts: Hashable, Sendable {
  /// Keys it took for new.
  package var unseen = 0
  /// Keys it had a response of.
  package var responses = 0
  /// Keys it had only been asked for before.
  package var seen = 0
  /// What it said and the store did not bear out.
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
