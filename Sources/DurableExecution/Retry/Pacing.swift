/// The clock and the source of random numbers for waits and retries.
package struct Pacing: Sendable {
  package let now: @Sendable () -> ContinuousClock.Instant
  /// Waits, and throws `CancellationError` if the task is canceled.
  package let sleep: @Sendable (Duration) async throws -> Void
  /// Returns 64 random bits, evenly distributed. A constant would keep a bounded draw from ending.
  package let random: @Sendable () -> UInt64

  package init(
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> UInt64
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  /// The machine's clock and random numbers.
  package static let system = Pacing(
    now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) }, random: { .random(in: .min ... .max) })

  package var chance: Chance { Chance(random: random) }

  package struct Chance: RandomNumberGenerator {
    fileprivate let random: @Sendable () -> UInt64

    package mutating func next() -> UInt64 { random() }
  }
}
