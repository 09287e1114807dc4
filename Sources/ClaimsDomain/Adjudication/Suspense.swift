/// That a claim waits for a person: why, which of its lines it is about, and which other claims to look at beside it.
package struct Suspense: Hashable, Sendable {
  package let reason: SuspenseReason
  /// By number, in order; none where it is about the claim as a whole.
  package let lines: [Int]
  package let otherClaims: [ClaimIntakeID]

  package init(_ reason: SuspenseReason, lines: [Int] = [], beside otherClaims: [ClaimIntakeID] = []) {
    self.reason = reason
    self.lines = lines.sorted()
    self.otherClaims = otherClaims
  }

  /// `other-payer-first`.
  package var code: String { reason.code }

  /// For the examiner.
  package var text: String {
    guard !lines.isEmpty else { return reason.text }
    let numbers = lines.map(String.init).joined(separator: ", ")
    return "\(reason.text) (line\(lines.count == 1 ? "" : "s") \(numbers))"
  }
}
