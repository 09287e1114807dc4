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
  /// A code the fee schedule lists without a price: by report, by the contractor, by base units.
  case priceByReport = "price-by-report"
  /// An assistant, co-surgeon or team, where the need for one has to be shown.
  case surgeonDocumentation = "surgeon-documentation"
  /// The sixth and every later procedure of a day is priced by report.
  case moreThanFiveProcedures = "more-than-five-procedures"
  /// Imaging, therapy, cardiovascular or ophthalmic services of one day, which reduce one another by their components.
  case componentReduction = "component-reduction"
  /// The plan decides by a table that the ruleset does not hold for the day of service.
  case noTableForDay = "no-table-for-day"

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
    case .priceByReport: "a service is priced by report, and a person has to set its price"
    case .surgeonDocumentation: "whether a second surgeon was needed has to be shown on paper"
    case .moreThanFiveProcedures: "from the sixth procedure of a day on, prices are set by report"
    case .componentReduction: "services of one day reduce one another by component, which a person has to price"
    case .noTableForDay: "the ruleset holds no table for the day of service: import one with `claims rules import`"
    }
  }
}
