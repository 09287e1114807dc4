package import ClaimsDomain
package import DurableExecution

/// A decision as the database's rows record it, to be compared with the response.
package struct StoredDecision: Hashable, Sendable {
  package var id: AdjudicationID
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText
  package var ruleset: RulesetID
  package var totals: Amounts
  /// The lines, ordered by number.
  package var lines: [Line]

  package init(
    id: AdjudicationID, claimID: ClaimIntakeID, effectKey: KeyText, ruleset: RulesetID, totals: Amounts,
    lines: [Line] = []
  ) {
    self.id = id
    self.claimID = claimID
    self.effectKey = effectKey
    self.ruleset = ruleset
    self.totals = totals
    self.lines = lines
  }

  package struct Amounts: Hashable, Sendable {
    package var charge: Money
    package var allowed: Money
    package var paid: Money
    package var adjusted: Money
    package var memberResponsibility: Money

    package init(charge: Money, allowed: Money, paid: Money, adjusted: Money, memberResponsibility: Money) {
      self.charge = charge
      self.allowed = allowed
      self.paid = paid
      self.adjusted = adjusted
      self.memberResponsibility = memberResponsibility
    }
  }

  package struct Line: Hashable, Sendable {
    package var number: Int
    package var claimID: ClaimIntakeID
    package var code: String
    package var amounts: Amounts
    package var isDenied: Bool
    package var signature: String
    /// The number of days in the line's row; 1 for decisions made before all days were kept.
    package var dayCount: Int
    /// The first day and, for an allowed line, the others.
    package var days: [Day]

    package init(
      number: Int, claimID: ClaimIntakeID, code: String, amounts: Amounts, isDenied: Bool, signature: String,
      dayCount: Int, days: [Day]
    ) {
      self.number = number
      self.claimID = claimID
      self.code = code
      self.amounts = amounts
      self.isDenied = isDenied
      self.signature = signature
      self.dayCount = dayCount
      self.days = days
    }
  }

  package struct Day: Hashable, Sendable {
    package var claimID: ClaimIntakeID
    package var nearSignature: String
    package var careDay: String

    package init(claimID: ClaimIntakeID, nearSignature: String, careDay: String) {
      self.claimID = claimID
      self.nearSignature = nearSignature
      self.careDay = careDay
    }
  }
}
