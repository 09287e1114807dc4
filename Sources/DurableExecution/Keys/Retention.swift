import Foundation

/// How long a response stays in the live table after its last use. Then the record moves to the archive, which still
/// answers for it: expiry never makes an effect possible again.
public enum Retention: String, Sendable, Codable, CaseIterable {
  /// One hour.
  case apiCall = "api-call"
  /// One day.
  case workflow
  /// Thirty days.
  case financial

  package var microseconds: Int64 {
    switch self {
    case .apiCall: 3_600 * 1_000_000
    case .workflow: 86_400 * 1_000_000
    case .financial: 30 * 86_400 * 1_000_000
    }
  }

  /// Returns whether a use at `now` moves the expiry. Small moves are skipped, so that not every replay becomes a
  /// write.
  func slides(from expiry: Timestamp, at now: Timestamp) -> Bool {
    now.microseconds + microseconds - expiry.microseconds > microseconds / 10
  }
}

/// An instant of the database's clock, in microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

  /// The instant in UTC, to the second: `2026-04-01T09:00:00Z`.
  package var iso8601: String {
    Date(timeIntervalSince1970: TimeInterval(microseconds / 1_000_000)).formatted(.iso8601)
  }

  package func adding(microseconds: Int64) -> Timestamp {
    let (sum, isTooGreat) = self.microseconds.addingReportingOverflow(microseconds)
    return Timestamp(microseconds: isTooGreat ? (microseconds < 0 ? .min : .max) : sum)
  }

  /// Adds a duration, truncated to whole microseconds. What is too late, or too early, for a timestamp is the last, or the
  /// first.
  package func adding(_ duration: Duration) -> Timestamp { adding(microseconds: duration.wholeMicroseconds) }
}

extension Duration {
  /// The whole microseconds of the duration, or as many as an `Int64` can hold.
  package var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, isStillTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    guard !isTooLong, !isStillTooLong else { return seconds < 0 ? .min : .max }
    return sum
  }
}

/// Counts the owners that a pending key has had. It grows with each new owner and fences the old one: a write with an
/// epoch smaller than the stored one is refused.
package struct Epoch: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let number: Int64

  package static let first = Epoch(1)

  package init(_ number: Int64) {
    self.number = number
  }

  package var next: Epoch { Epoch(number + 1) }

  package static func < (left: Epoch, right: Epoch) -> Bool { left.number < right.number }

  package init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  package var description: String { "\(number)" }
}
