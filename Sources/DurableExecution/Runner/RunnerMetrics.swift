import Metrics

/// Reports a runner's counts through swift-metrics, to whichever backend the program has.
struct RunnerMetrics: Sendable {
  private let acquired = Counter(label: "effects_acquired_total")
  private let replayed = Counter(label: "effects_replayed_total")
  private let mismatched = Counter(label: "key_collisions_total")
  private let takenOver = Counter(label: "leases_taken_over_total")
  private let fenced = Counter(label: "late_acts_refused_total")
  private let expirationMisses = Counter(label: "expiration_misses_total")

  func report(_ counts: RunnerCounts, since earlier: RunnerCounts) {
    add(counts.acquired - earlier.acquired, to: acquired)
    add(counts.replayed - earlier.replayed, to: replayed)
    add(counts.mismatched - earlier.mismatched, to: mismatched)
    add(counts.takenOver - earlier.takenOver, to: takenOver)
    add(counts.fenced - earlier.fenced, to: fenced)
    add(counts.expirationMisses - earlier.expirationMisses, to: expirationMisses)
  }

  private func add(_ count: Int, to counter: Counter) {
    if count > 0 { counter.increment(by: count) }
  }
}
