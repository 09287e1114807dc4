/// A decided claim with all that its provider is told of it.
package struct ClaimOutcome: Hashable, Sendable {
  package var id: ClaimIntakeID
  package var claim: SubmittedClaim
  package var decision: Decision
  package var receivedOn: CalendarDate
  /// CLP06.
  package var filingIndicator: String
  /// What we called the claim that this one corrects.
  package var corrects: ClaimIntakeID?
  /// What was paid besides for paying late.
  package var interest: Money

  package init(
    id: ClaimIntakeID, claim: SubmittedClaim, decision: Decision, receivedOn: CalendarDate, filingIndicator: String,
    corrects: ClaimIntakeID? = nil, interest: Money = .zero
  ) {
    self.id = id
    self.claim = claim
    self.decision = decision
    self.receivedOn = receivedOn
    self.filingIndicator = filingIndicator
    self.corrects = corrects
    self.interest = interest
  }
}
