/// Longer and longer waits, each somewhere between half and all of the time, so that those who wait do not come back as
/// one.
struct Backoff {
  private var upper = Duration.milliseconds(200)

  /// How long to wait now.
  mutating func next() -> Duration {
    defer { upper = min(upper * 2, .seconds(10)) }
    return upper * Double.random(in: 0.5...1)
  }

  /// - Throws: `CancellationError`.
  mutating func wait() async throws { try await Task.sleep(for: next()) }
}
