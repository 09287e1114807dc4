/// The number of claims to take at once. In a large batch a claim costs least, and in a small one it is done soonest, so
/// the number grows while batches are quick, and shrinks when they are slow: a payment must be sent before the lease of
/// its batch ends.
package struct BatchSize: Sendable {
  package private(set) var count: Int
  private let limits: ClosedRange<Int>

  private static let quick = Duration.milliseconds(500)
  private static let slow = Duration.milliseconds(1_500)

  package init(_ count: Int, within limits: ClosedRange<Int>) {
    self.count = min(max(count, limits.lowerBound), limits.upperBound)
    self.limits = limits
  }

  /// A number of claims that does not change.
  package static func fixed(_ count: Int) -> BatchSize { BatchSize(count, within: count...count) }

  /// A number of claims that follows the work: 200 at first, and up to 1,000.
  package static let adaptive = BatchSize(200, within: 10...1_000)

  /// Takes into account how long a batch took.
  package mutating func adapt(to duration: Duration, for claims: Int) {
    if duration > Self.slow {
      count = max(count / 2, limits.lowerBound)
    } else if duration < Self.quick, claims >= count {
      count = min(count * 2, limits.upperBound)
    }
  }
}
