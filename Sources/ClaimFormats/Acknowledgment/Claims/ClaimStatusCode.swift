/// STC01: how a claim stands, by the code lists of X12 (507 categories, 508 statuses, and the entity it is about).
package struct ClaimStatusCode: Hashable, Sendable {
  /// `A2` accepted; `A3` returned, it cannot be processed; `A6` something is missing; `A7` something is invalid; `A8`
  /// what it says does not go together.
  package var category: Category
  package var status: String
  /// `PR` payer, `IL` insured, `QC` patient, `85` billing provider.
  package var entity: String?

  package enum Category: String, Hashable, Sendable, CaseIterable {
    case received = "A1"
    case accepted = "A2"
    case unprocessable = "A3"
    case missing = "A6"
    case invalid = "A7"
    case contradictory = "A8"

    package var isAcceptance: Bool { self == .received || self == .accepted }
  }

  package init(_ category: Category, _ status: String, entity: String? = nil) {
    self.category = category
    self.status = status
    self.entity = entity
  }

  /// Accepted into adjudication.
  package static let accepted = ClaimStatusCode(.accepted, "20")
  package static let received = ClaimStatusCode(.received, "19", entity: "PR")
}
