/// A line whose member was enrolled on the day. A plan can deny or price only such a line.
///
/// This is a reference type because every rule passes it on and none changes it; copying would be most of the cost of
/// deciding.
final class CoveredLine: Sendable {
  let line: ServiceLine
  let days: DateRange
  /// The first day of the service, which determines coverage, fees, and the plan year.
  var day: CalendarDate { days.first }
  let coverage: Coverage
  let terms: PlanTerms
  /// The plan's rule for this kind of service, if it has one.
  let benefit: BenefitRule?
  /// The network status. It is also in-network when the status does not matter: under a plan without a network, or for
  /// care whose provider the member could not choose.
  let network: NetworkStatus
  /// The treating provider, or the billing provider if there is none.
  let provider: String
  /// What earlier payers paid; nil on a claim that we pay first.
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
  /// The plan's price, which may exceed the charge; the lesser of the two is allowed.
  let price: Money
  let explanation: RuleExplanation
  /// The line as input to the multiple-procedure rules; nil when they don't apply.
  var procedure: FeePricedLine?
  /// The result of the multiple-procedure rules.
  var ruled: RuledLine?

  init(_ covered: CoveredLine, price: Money, by explanation: RuleExplanation, as procedure: FeePricedLine? = nil) {
    self.covered = covered
    self.price = price
    self.explanation = explanation
    self.procedure = procedure
  }
}

/// A line with the amount that the plan allows for it; the rest of the charge is written off.
struct AllowedLine {
  let covered: CoveredLine
  let ledger: LineLedger
  let allowed: Money
}

/// A line on its way through the rules: either still open, or denied and hidden from the rules that follow. A denied
/// line cannot use up a limit, because the rules that use limits see only open lines.
enum LineProgress<Line> {
  case open(Line)
  case denied(LineDecision)
}

extension Array {
  /// The lines that no rule has denied.
  func open<Line>() -> [Line] where Element == LineProgress<Line> {
    compactMap(\.line)
  }

  /// Takes every open line one step further.
  func onward<Before, After>(
    _ step: (Before) throws(AdjudicationFailure) -> LineProgress<After>
  ) throws(AdjudicationFailure) -> [LineProgress<After>] where Element == LineProgress<Before> {
    try map { progress throws(AdjudicationFailure) in
      switch progress {
      case .open(let line): try step(line)
      case .denied(let decision): .denied(decision)
      }
    }
  }
}

extension LineProgress {
  /// The open line; nil once a rule has denied it.
  var line: Line? { if case .open(let line) = self { line } else { nil } }

  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  static func denying(_ line: ServiceLine, for denial: Denial) throws(AdjudicationFailure) -> LineProgress {
    do {
      return .denied(try LineDecision(denying: line, for: denial))
    } catch {
      throw .unbalanced(error)
    }
  }
}

/// A rule that decides whether a line is denied, and why.
protocol DenialRule {
  func denial(of line: CoveredLine) -> Denial?
}

extension Array where Element == LineProgress<CoveredLine> {
  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func denied(where rule: some DenialRule) throws(AdjudicationFailure) -> [LineProgress<CoveredLine>] {
    try onward { line throws(AdjudicationFailure) in
      guard let denial = rule.denial(of: line), !line.waived.contains(.rule(denial.explanation.rule)) else {
        return .open(line)
      }
      return try .denying(line.line, for: denial)
    }
  }
}
