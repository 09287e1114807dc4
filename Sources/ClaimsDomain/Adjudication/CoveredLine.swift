/// A line whose member was enrolled on the day: only such a line can be denied by a plan, or priced by one.
///
/// A reference, because every rule passes it on and none changes it: copies would be most of the cost of deciding.
final class CoveredLine: Sendable {
  let line: ServiceLine
  let days: DateRange
  /// The first day of the service: what coverage, fees and the plan year go by.
  var day: CalendarDate { days.first }
  let coverage: Coverage
  let terms: PlanTerms
  /// The plan's rule for this kind of service, if it has one.
  let benefit: BenefitRule?
  /// In the network also where it does not matter: under a plan without a network, or for care whose provider the
  /// member could not choose.
  let network: NetworkStatus
  /// Who treated, else who billed.
  let provider: String
  /// Nil on a claim that we pay first.
  let prior: PriorPayment?
  /// What a person has set aside.
  let waived: [Waiver]

  init(
    _ line: ServiceLine, of claim: SubmittedClaim, on days: DateRange, under coverage: Coverage, terms: PlanTerms,
    after prior: PriorPayment?
  ) {
    self.line = line
    self.days = days
    self.coverage = coverage
    self.terms = terms
    self.prior = prior
    provider = claim.treatingProvider(of: line).reference
    waived = claim.revision?.waived ?? []
    benefit = terms.plan.benefit(for: line)
    network =
      benefit?.isProtectedFromBalanceBilling == true
      ? .inNetwork : terms.network?.status(of: line, in: claim, on: days.first) ?? .inNetwork
  }
}
