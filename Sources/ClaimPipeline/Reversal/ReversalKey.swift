package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// The undoing of a decision, once for each claim: `idemp:reversal:{claim_intake_id}`.
package struct ReversalKey: EffectKey {
  package typealias Response = ReversalResponse
  package static let effect = "reversal"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID

  package init(claimID: ClaimIntakeID) {
    self.claimID = claimID
  }

  package var segments: [String] { [claimID.text] }
}

/// A claim's decision no longer counts: another claim has taken its place.
package struct ReversalResponse: Hashable, Sendable, Codable {
  package var claimID: ClaimIntakeID
  package var replacedBy: ClaimIntakeID
  /// What the plan had paid and the member had been asked for; nil where nothing had been decided.
  package var reversed: Amounts?

  package struct Amounts: Hashable, Sendable, Codable {
    /// What the payee now owes, with the interest that was paid on it, until later payments have made up for it.
    package var planPaid: Money
    /// Nil for none.
    package var interest: Money?
    package var memberResponsibility: Money
    package var payee: Payee

    enum CodingKeys: String, CodingKey {
      case payee, interest
      case planPaid = "plan_paid"
      case memberResponsibility = "member_responsibility"
    }
  }

  enum CodingKeys: String, CodingKey {
    case reversed
    case claimID = "claim_intake_id"
    case replacedBy = "replaced_by"
  }
}
