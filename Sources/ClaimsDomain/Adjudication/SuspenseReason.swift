/// Why a claim that is well formed still waits for a person.
package enum SuspenseReason: String, Error, Sendable, Codable, CaseIterable {
  /// SBR01 says that we do not pay first, and either the claim does not say what the other payers paid, or the plan does
  /// not say what it pays after them.
  case otherPayerFirst = "other-payer-first"
  /// What the other payers paid and adjusted does not add up to the charge.
  case otherPayerUnbalanced = "other-payer-unbalanced"
  /// What they decided is told of the whole claim, and it has several lines.
  case otherPayerNotByLine = "other-payer-not-by-line"
  /// CLM05-3 is 7 or 8.
  case replacesPriorClaim = "replaces-prior-claim"
  /// CLM05-3 is 2, 3 or 4: the stay goes on, and its bills are decided together.
  case interimBill = "interim-bill"
  /// Any other CLM05-3 but 1: late charges, no-pay bills, the payer's own adjustments.
  case unusualFrequency = "unusual-frequency"

  /// The first reason that holds for a claim; nil when it can be decided by itself.
  ///
  /// - Parameter coordinates: Whether the member's plan says what it pays after other payers.
  package init?(_ claim: SubmittedClaim, coordinates: Bool = false) {
    if claim.payerSequence != .primary {
      guard coordinates else {
        self = .otherPayerFirst
        return
      }
      do {
        _ = try OtherPayerAccount(of: claim)
      } catch {
        self = error
        return
      }
    }
    switch claim.frequency.code {
    case "1": return nil
    case "2", "3", "4": self = .interimBill
    case "7", "8": self = .replacesPriorClaim
    default: self = .unusualFrequency
    }
  }

  /// What stands in stored records and output: `other-payer-first`.
  package var code: String { rawValue }

  /// For the examiner.
  package var text: String {
    switch self {
    case .otherPayerFirst: "another payer pays first: its payment must be coordinated before ours"
    case .otherPayerUnbalanced: "what another payer paid and adjusted does not add up to the charge"
    case .otherPayerNotByLine: "what another payer decided is not told line by line"
    case .replacesPriorClaim: "a replacement or void of a prior claim waits for a person"
    case .interimBill: "an interim bill of a stay that goes on waits for a person"
    case .unusualFrequency: "a claim of this frequency code waits for a person"
    }
  }
}
