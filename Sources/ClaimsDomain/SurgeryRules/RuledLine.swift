/// What the payment rules made of a line.
package struct RuledLine: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case allowed(Money)
    case denied(Denial)
  }

  package let number: Int
  package let outcome: Outcome
  /// What the line comes to before the charge is looked at.
  package let price: Money
  /// The fee of all units, which `price` began as.
  package let fee: Money
  /// Every rule that had a say, in order, with what it looked at.
  package let explanations: [RuleExplanation]
  /// Why a person has to look before it is paid; nil when none has to.
  package let review: Review?

  package enum Review: String, Hashable, Sendable {
    /// The sixth and every later procedure of a day is priced by report (Claims Processing Manual, chapter 12, 40.6).
    case moreThanFiveProcedures = "more-than-five-procedures"
    /// An assistant or co-surgeon, where the MPFS wants the need for one shown.
    case surgeonDocumentation = "surgeon-documentation"
    /// A team is priced by report (Claims Processing Manual, chapter 12, 40.8).
    case byReport = "price-by-report"
  }

  package var allowed: Money {
    if case .allowed(let amount) = outcome { amount } else { .zero }
  }
}
