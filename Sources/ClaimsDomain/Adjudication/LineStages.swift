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

/// A line with a price, before the member's share is taken from it.
struct PricedLine {
  let covered: CoveredLine
  /// The plan's price, which may be above the charge: the lesser of both is allowed.
  let price: Money
  let explanation: RuleExplanation
  /// What the rules for several procedures of a day take it as; nil where they have no say.
  var procedure: FeePricedLine?
  /// What they made of it.
  var ruled: RuledLine?

  init(_ covered: CoveredLine, price: Money, by explanation: RuleExplanation, as procedure: FeePricedLine? = nil) {
    self.covered = covered
    self.price = price
    self.explanation = explanation
    self.procedure = procedure
  }
}

/// A line with what the plan allows for it; the rest of the charge is written off.
struct AllowedLine {
  let covered: CoveredLine
  let ledger: LineLedger
  let allowed: Money
}

/// A line on its way through the rules: still open, or denied and out of the way of the rules that follow. A denied line
/// can consume no limit, since the rules that consume only ever see open ones.
enum Passage<Line> {
  case open(Line)
  case denied(LineDecision)
}

extension Array {
  /// Lines no rule has denied.
  func open<Line>() -> [Line] where Element == Passage<Line> {
    compactMap(\.line)
  }

  /// Takes every open line one step further.
  func onward<Before, After>(
    _ step: (Before) throws(AdjudicationFailure) -> Passage<After>
  ) throws(AdjudicationFailure) -> [Passage<After>] where Element == Passage<Before> {
    try map { passage throws(AdjudicationFailure) in
      switch passage {
      case .open(let line): try step(line)
      case .denied(let decision): .denied(decision)
      }
    }
  }
}

extension Passage {
  /// Nil once a rule has denied it.
  var line: Line? { if case .open(let line) = self { line } else { nil } }

  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  static func denying(_ line: ServiceLine, for denial: Denial) throws(AdjudicationFailure) -> Passage {
    do {
      return .denied(try LineDecision(denying: line, for: denial))
    } catch {
      throw .unbalanced(error)
    }
  }
}

/// A rule that says of a line whether, and why, it is not paid.
protocol DenialRule {
  func denial(of line: CoveredLine) -> Denial?
}

extension Array where Element == Passage<CoveredLine> {
  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func denied(where rule: some DenialRule) throws(AdjudicationFailure) -> [Passage<CoveredLine>] {
    try onward { line throws(AdjudicationFailure) in
      guard let denial = rule.denial(of: line), !line.waived.contains(.rule(denial.explanation.rule)) else {
        return .open(line)
      }
      return try .denying(line.line, for: denial)
    }
  }
}
