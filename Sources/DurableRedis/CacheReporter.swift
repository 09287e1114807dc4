import Logging
import DurableSQL
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
