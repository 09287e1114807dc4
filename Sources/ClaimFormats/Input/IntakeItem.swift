package import ClaimsDomain
import Crypto

/// What a file of claims yields, in file order. Each claim in the file is exactly one `claim` or one `rejected`.
package enum IntakeItem: Hashable, Sendable {
  /// A claim, with the location where it begins.
  case claim(SubmittedClaim, at: SourceLocation)
  case rejected(ClaimRejection)
  /// A fault of the file rather than of one claim.
  case fault(FileFault)
}

/// A fault of a file, its location, and what the sender or operator can do about it. Carries no member data.
package struct FileFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  package enum Severity: String, Sendable, Codable {
    /// Claims are rejected because of the fault, or the file cannot be read at all.
    case error
    /// Nothing is lost because of the fault.
    case warning
  }

  package var severity: Severity
  /// Nil when the fault concerns the file as a whole.
  package var location: SourceLocation?
  package var what: String
  package var advice: String

  package init(_ severity: Severity = .error, at location: SourceLocation? = nil, what: String, advice: String) {
    self.severity = severity
    self.location = location
    self.what = what
    self.advice = advice
  }

  /// The end of a JSON file within a record, a list or a Bundle.
  ///
  /// - Parameter number: the number of the last record that was read; 0 when none was.
  static func isCutOff(after number: Int) -> FileFault {
    FileFault(
      at: number > 0 ? SourceLocation(.record, number) : nil, what: "the file ends before its last bracket",
      advice:
        "look for a quotation mark or a bracket that is missing in this record, or ask the sender for a whole file")
  }

  /// One line with the location, the fault, and the advice.
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
