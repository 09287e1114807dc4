/// The number of claims in a batch. A claim costs less in a large batch and is finished sooner in a small one, so the number
/// grows while batches are quick. It shrinks when they are slow, because the payments of a batch have to be sent before its
/// leases end.
package struct BatchSize: Sendable {
  package private(set) var count: Int
  private let limits: ClosedRange<Int>

  private static let quick = Duration.milliseconds(500)
  private static let slow = Duration.milliseconds(1_500)

  package init(_ count: Int, within limits: ClosedRange<Int>) {
    self.count = min(max(count, limits.lowerBound), limits.upperBound)
    self.limits = limits
  }

  /// A number that does not change.
  package static func fixed(_ count: Int) -> BatchSize { BatchSize(count, within: count...count) }

  /// 200 claims at first, then between 10 and 1,000.
  package static let adaptive = BatchSize(200, within: 10...1_000)

  /// Adapts the number to the duration of a batch.
  ///
  /// - Parameter claims: the number of claims in that batch. Only a full batch makes the number grow.
  package mutating func adapt(to duration: Duration, for claims: Int) {
    if duration > Self.slow {
      count = max(count / 2, limits.lowerBound)
    } else if duration < Self.quick, claims >= count {
      count = min(count * 2, limits.upperBound)
    }
  }
}
