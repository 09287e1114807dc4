internal import Crypto

/// ISA13, GS06 or ST02: one to nine digits. Each is the caller's to give, and never given twice to the same receiver.
package struct X12ControlNumber: Hashable, Sendable {
  package let value: Int

  /// Nil outside of 1 to 999,999,999.
  package init?(_ value: Int) {
    guard (1...999_999_999).contains(value) else { return nil }
    self.value = value
  }

  package static let first = X12ControlNumber(unchecked: 1)

  private init(unchecked value: Int) {
    self.value = value
  }

  /// The same for the same text, and another for nearly every other.
  init(derivedFrom text: String) {
    let digest = SHA256.hash(data: Array(text.utf8)).prefix(6)
    value = digest.reduce(0) { $0 << 8 | Int($1) } % 999_999_999 + 1
  }

  func padded(to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
