/// Determines when to retry: exponential backoff with full jitter, within a budget.
///
/// Full jitter (a uniform draw between zero and the cap) is the best way to spread many clients; see Brooker,
/// "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
public struct RetryPolicy: Hashable, Sendable {
  /// The longest wait after the first attempt.
  public var initialInterval: Duration
  /// The factor by which the longest wait grows after each attempt.
  public var backoffCoefficient: Int
  /// The longest wait after any attempt.
  public var maximumInterval: Duration
  /// The total number of attempts, including the first.
  public var maximumAttempts: Int
  /// The longest time from the first attempt to the start of the last.
  public var budget: Duration

  /// - Parameters:
  ///   - initialInterval: the longest wait after the first attempt.
  ///   - backoffCoefficient: the factor by which the longest wait grows after each attempt.
  ///   - maximumInterval: the longest wait after any attempt.
  ///   - maximumAttempts: the total number of attempts, including the first.
  ///   - budget: the longest time from the first attempt to the start of the last.
  public init(
    initialInterval: Duration = .milliseconds(50), backoffCoefficient: Int = 2,
    maximumInterval: Duration = .seconds(2), maximumAttempts: Int = 6, budget: Duration = .seconds(30)
  ) {
    self.initialInterval = initialInterval
    self.backoffCoefficient = backoffCoefficient
    self.maximumInterval = maximumInterval
    self.maximumAttempts = maximumAttempts
    self.budget = budget
  }

  /// Returns the wait before the next attempt; nil if the attempts or the budget are exhausted.
  ///
  /// - Parameter attempt: the number of attempts so far, from 1.
  package func delay(
    afterAttempt attempt: Int, elapsed: Duration, using generator: inout some RandomNumberGenerator
  ) -> Duration? {
    guard attempt < maximumAttempts else { return nil }
    var backoff = Backoff(from: initialInterval, upTo: maximumInterval, coefficient: backoffCoefficient)
    var earlier = attempt - 1
    while earlier > 0, backoff.grow() { earlier -= 1 }
    let delay = backoff.next(using: &generator)
    return elapsed + delay <= budget ? delay : nil
  }
}

/// The waits between attempts: exponential with full jitter. Every retry in the program uses it.
package struct Backoff: Sendable {
  private var bound: Duration
  private let longest: Duration
  private let coefficient: Int

  /// - Parameters:
  ///   - first: The longest first wait.
  ///   - longest: The longest wait of all.
  ///   - coefficient: The factor by which the longest wait grows after each wait.
  ///
  /// No wait is longer than a day, and no factor greater than a thousand.
  package init(from first: Duration, upTo longest: Duration, coefficient: Int = 2) {
    self.longest = min(longest, .seconds(86_400))
    bound = min(first, self.longest)
    self.coefficient = min(coefficient, 1_000)
  }

  /// Returns the next wait: a uniform draw between zero and a bound that grows.
  package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    let microseconds = max(bound.wholeMicroseconds, 0)
    grow()
    return .microseconds(Int64.random(in: 0...microseconds, using: &generator))
  }

  package mutating func next(_ pacing: Pacing) -> Duration {
    var chance = pacing.chance
    return next(using: &chance)
  }

  /// Returns whether the bound was still below the longest wait.
  @discardableResult
  fileprivate mutating func grow() -> Bool {
    guard bound < longest else { return false }
    bound = min(bound * coefficient, longest)
    return true
  }
}
