package import ClaimsDomain

/// What is wrong with a file, where, and what its sender or the one who runs us can do about it. Carries no member data.
package struct FileFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  package enum Severity: String, Sendable, Codable {
    /// Claims are rejected because of it, or the file cannot be read at all.
    case error
    /// Nothing is lost by it.
    case warning
  }

  package var severity: Severity
  /// Nil when it is the file as a whole.
  package var location: SourceLocation?
  package var what: String
  package var advice: String

  package init(_ severity: Severity = .error, at location: SourceLocation? = nil, what: String, advice: String) {
    self.severity = severity
    self.location = location
    self.what = what
    self.advice = advice
  }

  /// One line: where, what, what to do.
  package var description: String { (location.map { "\($0): " } ?? "") + "\(what); \(advice)" }
}
