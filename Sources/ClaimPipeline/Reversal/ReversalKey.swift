package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// The key for reversing a decision, once for each claim: `idemp:reversal:{claim_intake_id}`.
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

/// The response for a claim whose decision no longer counts because another claim replaced it.
package struct ReversalResponse: Hashable, Sendable, Codable {
  package var claimID: ClaimIntakeID
  package var replacedBy: ClaimIntakeID
  /// What the plan had paid and the member had owed; nil if nothing had been decided.
  package var reversed: Amounts?

  package struct Amounts: Hashable, Sendable, Codable {
    /// The amount that the payee now owes, with the interest paid on it, until later payments have offset it.
    package var planPaid: Money
    /// Nil for no interest.
    package var interest: Money?
    package var memberResponsibility: Money
    package var payee: Payee
    /// Whether nothing had been paid, because the payee was on hold: then it owes nothing. Nil for a claim that was paid.
    package var isUnpaid: Bool?

    enum CodingKeys: String, CodingKey {
      case payee, interest
      case isUnpaid = "unpaid"
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
