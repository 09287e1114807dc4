import Synchronization

/// How long transactions and reads of a store took, with the wait for a connection and for locks.
package final class StoreTimings: Sendable {
  package struct Figures: Sendable {
    package var transactions = DurationHistogram()
    package var reads = DurationHistogram()
    /// Transactions and reads that threw.
    package var failures = 0
  }

  private let state = Mutex(Figures())

  package var figures: Figures { state.withLock(\.self) }

  func measure<Value>(writing: Bool, _ work: () async throws -> Value) async throws -> Value {
    let began = ContinuousClock.now
    do {
      let value = try await work()
      note(ContinuousClock.now - began, writing: writing, failed: false)
      return value
    } catch {
      note(ContinuousClock.now - began, writing: writing, failed: true)
      throw error
    }
  }

  private func note(_ duration: Duration, writing: Bool, failed: Bool) {
    state.withLock { figures in
      if writing { figures.transactions.note(duration) } else { figures.reads.note(duration) }
      if failed { figures.failures += 1 }
    }
  }
}

/// Durations, counted in buckets for monitoring.
package struct DurationHistogram: Hashable, Sendable {
  /// The upper bounds of the buckets, in seconds. The last bucket has none.
  package static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// The number of durations in each bucket.
  package private(set) var counts = [Int](repeating: 0, count: DurationHistogram.bounds.count + 1)
  /// The sum of all durations.
  package private(set) var seconds = 0.0

  package init() {}

  package var count: Int { counts.reduce(0, +) }

  package mutating func note(_ duration: Duration) {
    let spent = duration / .seconds(1)
    counts[Self.bounds.firstIndex { spent <= $0 } ?? Self.bounds.count] += 1
    seconds += spent
  }
}
