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
