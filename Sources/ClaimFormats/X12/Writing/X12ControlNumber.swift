/// ISA13, GS06 or ST02: one to nine digits. Each is the caller's to give, and never given twice to the same receiver.
package struct X12ControlNumber: Hashable, Sendable {
  package let value: Int

  /// Nil outside of 1 to 999,999,999.
  package init?(_ value: Int) {
    guard (1...999_999_999).contains(value) else { return nil }
    self.value = value
  }

  func padded(to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
