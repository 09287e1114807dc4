/// How long a response stays in the live table after it was last asked for. Past it the record moves to the archive
/// and is still answered from there: expiry never makes an effect possible again.
public enum Retention: String, Sendable, Codable, CaseIterable {
  /// One hour.
  case apiCall = "api-call"
  /// A day.
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

  /// Expiry slides: each hit moves it, but not by so little that every replay becomes a write.
  func slides(from expiry: Timestamp, at now: Timestamp) -> Bool {
    now.microseconds + microseconds - expiry.microseconds > microseconds / 10
  }
}
