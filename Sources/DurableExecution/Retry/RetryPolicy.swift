/// When to try again: exponential back-off with full jitter, inside a budget.
///
/// Full jitter (a uniform draw between zero and the cap) spreads a crowd of clients best; see Brooker, "Exponential
/// Backoff and Jitter", AWS Architecture Blog, 2015.
public struct RetryPolicy: Hashable, Sendable {
  /// The longest wait after the first try.
  public var initialInterval: Duration
  /// What the longest wait is multiplied by after each try.
  public var backoffCoefficient: Int
  /// The longest wait after any try.
  public var maximumInterval: Duration
  /// Tries in all, the first included.
  public var maximumAttempts: Int
  /// From the first try to the start of the last.
  public var budget: Duration

  /// - Parameters:
  ///   - initialInterval: the longest wait after the first try.
  ///   - backoffCoefficient: what the longest wait is multiplied by after each try.
  ///   - maximumInterval: the longest wait after any try.
  ///   - maximumAttempts: tries in all, the first included.
  ///   - budget: from the first try to the start of the last.
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

  /// The wait before the next try; nil when attempts or budget are used up.
  ///
  /// - Parameter attempt: how many tries there were, from 1.
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
