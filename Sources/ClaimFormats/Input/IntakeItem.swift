package import ClaimsDomain
import Crypto

/// What comes out of a file of claims, in the file's own order. Each claim in the file is exactly one `claim` or one
/// `rejected`.
package enum IntakeItem: Hashable, Sendable {
  /// With the place where it begins.
  case claim(SubmittedClaim, at: SourceLocation)
  case rejected(ClaimRejection)
  /// Something is wrong with the file rather than with one claim.
  case fault(FileFault)
}

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

extension SHA256Digest {
  var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { text in
      var count = 0
      for byte in self {
        text[count] = digits[Int(byte >> 4)]
        text[count + 1] = digits[Int(byte & 15)]
        count += 2
      }
      return count
    }
  }
}
