/// Prices a claim's lines together: bilateral, then endoscopies and multiple procedures, then assistant or co-surgeon,
/// and finally the lesser of the result and the charge. The order of the lines does not matter, and each amount is
/// rounded once.
package struct PaymentRules: Sendable {
  package let rates: PaymentRuleRates

  package init(rates: PaymentRuleRates = .medicare) {
    self.rates = rates
  }

  /// Returns one result for each line, by line number.
  ///
  /// - Parameter lines: The lines of one claim that are to be paid, from one physician, or one group of one specialty.
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  package func apply(to lines: [FeePricedLine]) throws(MoneyError) -> [Int: RuledLine] {
    var answers: [Int: RuledLine] = [:]
    var payable: [FeePricedLine] = []
    for line in lines {
      if let denial = SurgeonRole(line.modifiers).denial(of: line) {
        let fee = try line.units.priced(at: line.fee)
        answers[line.number] = RuledLine(
          number: line.number, outcome: .denied(denial), price: .zero, fee: fee, explanations: [denial.explanation],
          review: nil)
      } else {
        payable.append(line)
      }
    }
    let sessions = Dictionary(grouping: try BilateralRule(rates: rates).procedures(of: payable), by: Session.init)
    for procedures in sessions.values {
      let families = try EndoscopyRule().families(of: procedures)
      for procedure in try MultipleProcedureRule(rates: rates).ranked(families) {
        for answer in try settle(procedure) { answers[answer.number] = answer }
      }
    }
    return answers
  }

  /// The procedures that are ranked together.
  private struct Session: Hashable {
    let day: CalendarDate
    let role: SurgeonRole

    init(_ procedure: SurgicalProcedure) {
      day = procedure.first.day
      role = procedure.role
    }
  }

  private func settle(_ procedure: SurgicalProcedure) throws(MoneyError) -> [RuledLine] {
    var procedure = procedure
    for rate in procedure.role.rates(rates) {
      procedure.amount = try procedure.amount.times(rate)
      procedure.explanations.append(RuleExplanation(procedure.role.rule, [RuleInput("rate", rate)]))
    }
    if let review = procedure.role.review(of: procedure.first) { procedure.review = review }
    if procedure.isIncludedBase { return try procedure.lines.map { line throws(MoneyError) in try included(line) } }
    let prices = try Self.shares(of: procedure.amount.rounded, among: procedure.lines)
    // The lesser of price and charge applies to the procedure: the charges of its two sides together, and one price.
    let charge = try procedure.lines.map(\.charge).total()
    let allowed = try Self.shares(of: min(charge, procedure.amount.rounded), among: procedure.lines)
    return try procedure.lines.indices.map { index throws(MoneyError) in
      let line = procedure.lines[index]
      return RuledLine(
        number: line.number, outcome: .allowed(allowed[index]), price: prices[index],
        fee: try line.units.priced(at: line.fee), explanations: procedure.explanations, review: procedure.review)
    }
  }

  /// CO-97: The base is included in what is paid for another endoscopy in its family.
  private func included(_ line: FeePricedLine) throws(MoneyError) -> RuledLine {
    let denial = Denial(by: .surgeryEndoscopy, RuleInput("base", line.code))
    return RuledLine(
      number: line.number, outcome: .denied(denial), price: .zero, fee: try line.units.priced(at: line.fee),
      explanations: [denial.explanation], review: nil)
  }

  /// Splits the amount in proportion to the charges, so that no line is allowed more than its charge; the last line
  /// takes the rounding remainder.
  private static func shares(of amount: Money, among lines: [FeePricedLine]) throws(MoneyError) -> [Money] {
    guard lines.count == 2 else { return [amount] }
    let total = try lines[0].charge + lines[1].charge
    guard total > .zero, lines.allSatisfy({ $0.charge >= .zero }) else { return [amount, .zero] }
    // The product needs 128 bits, but the quotient never exceeds the amount. Half a cent goes to the first line.
    let product = amount.cents.multipliedFullWidth(by: lines[0].charge.cents)
    let (quotient, remainder) = total.cents.dividingFullWidth(product)
    let first = Money(cents: remainder >= total.cents - remainder ? quotient + 1 : quotient)
    return [first, try amount - first]
  }
}

/// The percentages of the payment rules: versioned data, because payers differ from Medicare in them.
package struct PaymentRuleRates: Hashable, Sendable, Codable {
  /// The rate for both sides of a procedure with bilateral indicator 1.
  package var bilateral: BasisPoints
  /// Rates by rank. The last also applies to every later rank, which a person prices by report.
  package var multipleProcedures: [BasisPoints]
  package var assistant: BasisPoints
  /// The part of a physician's assistant-at-surgery payment that is paid to a nonphysician assistant (modifier AS).
  package var nonPhysicianAssistant: BasisPoints
  package var coSurgeon: BasisPoints

  /// Medicare Claims Processing Manual, chapter 12: 40.7 bilateral, 40.6 multiple, 20.4.3 assistant at surgery, 110.2
  /// and 120.1 nonphysician assistants, 40.8 co-surgeons.
  package static let medicare = PaymentRuleRates(
    bilateral: BasisPoints(150_00),
    multipleProcedures: [
      BasisPoints(100_00), BasisPoints(50_00), BasisPoints(50_00), BasisPoints(50_00), BasisPoints(50_00),
    ],
    assistant: BasisPoints(16_00), nonPhysicianAssistant: BasisPoints(85_00), coSurgeon: BasisPoints(62_50))

  package init(
    bilateral: BasisPoints, multipleProcedures: [BasisPoints], assistant: BasisPoints,
    nonPhysicianAssistant: BasisPoints, coSurgeon: BasisPoints
  ) {
    self.bilateral = bilateral
    self.multipleProcedures = multipleProcedures
    self.assistant = assistant
    self.nonPhysicianAssistant = nonPhysicianAssistant
    self.coSurgeon = coSurgeon
  }

  func multipleProcedure(rank: Int) -> BasisPoints {
    multipleProcedures.indices.contains(rank) ? multipleProcedures[rank] : multipleProcedures.last ?? .whole
  }
}
