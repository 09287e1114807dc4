import DurableExecution
import TestSupport
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
  private let policy = RetryPolicy(
    initialInterval: .milliseconds(100), backoffCoefficient: 3, maximumInterval: .seconds(1), maximumAttempts: 5,
    budget: .seconds(10))

  @Test("Each delay is random between zero and a bound that grows up to the maximum", arguments: Seeds.all)
  func jitter(seed: UInt64) throws {
    var lot = SeededGenerator(seed: seed)
    for (attempt, bound) in [(1, 100), (2, 300), (3, 900), (4, 1_000)] {
      let waits = try (0..<400).map { _ in
        try #require(policy.delay(afterAttempt: attempt, elapsed: .zero, using: &lot))
      }
      #expect(waits.allSatisfy { .zero <= $0 && $0 <= .milliseconds(bound) }, "seed \(seed)")
      #expect(waits.contains { $0 < .milliseconds(bound / 4) }, "seed \(seed): small delays must occur")
      #expect(waits.contains { $0 > .milliseconds(bound * 3 / 4) }, "seed \(seed): large delays must occur")
    }
  }

  @Test("There is no retry after the last attempt, nor one that would begin after the budget")
  func ends() {
    var lot = SeededGenerator(seed: 1)
    for attempt in 5...7 { #expect(policy.delay(afterAttempt: attempt, elapsed: .zero, using: &lot) == nil) }
    #expect(policy.delay(afterAttempt: 1, elapsed: .seconds(11), using: &lot) == nil)
    #expect(policy.delay(afterAttempt: 1, elapsed: .seconds(9), using: &lot) != nil)
    let once = RetryPolicy(maximumAttempts: 1)
    #expect(once.delay(afterAttempt: 1, elapsed: .zero, using: &lot) == nil)
  }

  @Test("A backoff never ends, and never waits longer than its maximum")
  func backoff() {
    var lot = SeededGenerator(seed: 3)
    var backoff = Backoff(from: .milliseconds(4), upTo: .milliseconds(400))
    let waits = (0..<1_000).map { _ in backoff.next(using: &lot) }
    #expect(waits[0] <= .milliseconds(4) && waits[1] <= .milliseconds(8))
    #expect(waits.allSatisfy { .zero <= $0 && $0 <= .milliseconds(400) } && waits.contains { $0 > .milliseconds(390) })
    var flat = Backoff(from: .seconds(9), upTo: .seconds(1))
    #expect((0..<50).allSatisfy { _ in flat.next(using: &lot) <= .seconds(1) })
  }

  @Test("A delay that the coefficient raises above the maximum is capped")
  func cap() throws {
    var lot = SeededGenerator(seed: 1)
    let steep = RetryPolicy(
      initialInterval: .seconds(1), backoffCoefficient: 1_000_000, maximumInterval: .seconds(2), maximumAttempts: 99)
    let wait = try #require(steep.delay(afterAttempt: 50, elapsed: .zero, using: &lot))
    #expect(wait <= .seconds(2))
  }

  @Test("No duration is too long: the longest there is counts as a day, or as the last instant")
  func longest() throws {
    var lot = SeededGenerator(seed: 5)
    let endless = RetryPolicy(
      initialInterval: .seconds(Int64.max), backoffCoefficient: .max, maximumInterval: .seconds(Int64.max),
      maximumAttempts: .max, budget: .seconds(Int64.max))
    for attempt in [1, 2, 99] {
      let wait = try #require(endless.delay(afterAttempt: attempt, elapsed: .zero, using: &lot))
      #expect(.zero <= wait && wait <= .seconds(86_400))
    }
    #expect(Timestamp(microseconds: 7).adding(.seconds(Int64.max)) == Timestamp(microseconds: .max))
    #expect(Timestamp(microseconds: 7).adding(.seconds(-3)) == Timestamp(microseconds: -2_999_993))
  }

  /// Chance that always gives the same number. It is not zero, which a uniform draw may reject forever.
  private struct Constant: RandomNumberGenerator {
    let number: UInt64
    mutating func next() -> UInt64 { number }
  }

  @Test("The least chance waits not at all, and the greatest exactly as long as the bound")
  func extremes() {
    var (least, greatest) = (Constant(number: 1), Constant(number: .max))
    for (attempt, bound) in [(1, 100), (2, 300), (3, 900), (4, 1_000)] {
      #expect(policy.delay(afterAttempt: attempt, elapsed: .zero, using: &least) == .zero)
      #expect(policy.delay(afterAttempt: attempt, elapsed: .zero, using: &greatest) == .milliseconds(bound))
    }
  }

  @Test("The last attempt begins within the budget, to the microsecond")
  func budget() {
    var greatest = Constant(number: .max)
    let latest = Duration.seconds(10) - .milliseconds(100)
    #expect(policy.delay(afterAttempt: 1, elapsed: latest, using: &greatest) == .milliseconds(100))
    #expect(policy.delay(afterAttempt: 1, elapsed: latest + .microseconds(1), using: &greatest) == nil)
  }

  @Test("Waits are spread evenly: each tenth of the bound gets its share", arguments: Seeds.all)
  func even(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tenths = Array(repeating: 0, count: 10)
    for _ in 0..<10_000 {
      let wait = try #require(policy.delay(afterAttempt: 4, elapsed: .zero, using: &random))
      tenths[min(Int(wait / .milliseconds(100)), 9)] += 1
    }
    // Five standard deviations of a share of a tenth.
    #expect(tenths.allSatisfy { abs($0 - 1_000) < 150 }, "seed \(seed): \(tenths)")
  }

  @Test("A wait of no length, and a bound that does not grow, are allowed")
  func degenerate() {
    var greatest = Constant(number: .max)
    let none = RetryPolicy(initialInterval: .zero, maximumInterval: .zero, maximumAttempts: 9)
    let flat = RetryPolicy(initialInterval: .seconds(1), backoffCoefficient: 1, maximumInterval: .seconds(9))
    for attempt in 1...5 {
      #expect(none.delay(afterAttempt: attempt, elapsed: .zero, using: &greatest) == .zero)
      #expect(flat.delay(afterAttempt: attempt, elapsed: .zero, using: &greatest) == .seconds(1))
    }
  }
}
