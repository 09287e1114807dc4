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
    var cap = initialInterval
    for _ in 1..<max(attempt, 1) {
      guard cap < maximumInterval else { break }
      cap = min(cap * backoffCoefficient, maximumInterval)
    }
    let microseconds = cap.components.seconds * 1_000_000 + cap.components.attoseconds / 1_000_000_000_000
    let delay = Duration.microseconds(Int64.random(in: 0...max(microseconds, 0), using: &generator))
    return elapsed + delay <= budget ? delay : nil
  }
}
