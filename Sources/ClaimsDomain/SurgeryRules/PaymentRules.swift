/// Prices a claim's lines beside each other: bilateral, then endoscopies and multiple procedures, then assistant or
/// co-surgeon, and last the lesser of that and the charge. The order of the lines does not
/// matter, and each amount is rounded once.
package struct PaymentRules: Sendable {
  package let rates: PaymentRuleRates

  package init(rates: PaymentRuleRates = .medicare) {
    self.rates = rates
  }

  /// One answer for each line, by line number.
  ///
  /// - Parameter lines: Those of one claim that are to be paid: one physician's, or one group's of one specialty.
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
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

  /// What is ranked together.
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
    // The lesser of both is for the procedure: the charges of its two sides together, and one price.
    let charge = try procedure.lines.map(\.charge).total()
    let allowed = try Self.shares(of: min(charge, procedure.amount.rounded), among: procedure.lines)
    return try procedure.lines.indices.map { index throws(MoneyError) in
      let line = procedure.lines[index]
      return RuledLine(
        number: line.number, outcome: .allowed(allowed[index]), price: prices[index],
        fee: try line.units.priced(at: line.fee), explanations: procedure.explanations, review: procedure.review)
    }
  }

  /// CO-97: the base is in what is paid for another endoscopy of its family.
  private func included(_ line: FeePricedLine) throws(MoneyError) -> RuledLine {
    let denial = Denial(.contractual, "97", by: .surgeryEndoscopy, RuleInput("base", line.code))
    return RuledLine(
      number: line.number, outcome: .denied(denial), price: .zero, fee: try line.units.priced(at: line.fee),
      explanations: [denial.explanation], review: nil)
  }

  /// In proportion to the charges, so that no line is allowed more than it charges; the last takes what rounding leaves.
  private static func shares(of amount: Money, among lines: [FeePricedLine]) throws(MoneyError) -> [Money] {
    guard lines.count == 2 else { return [amount] }
    let total = try lines[0].charge + lines[1].charge
    guard total > .zero, lines.allSatisfy({ $0.charge >= .zero }) else { return [amount, .zero] }
    // 128 bits for the product: the quotient is no more than the amount. Half a cent goes to the first.
    let product = amount.cents.multipliedFullWidth(by: lines[0].charge.cents)
    let (quotient, remainder) = total.cents.dividingFullWidth(product)
    let first = Money(cents: remainder >= total.cents - remainder ? quotient + 1 : quotient)
    return [first, try amount - first]
  }
}

/// The percentages of the payment rules: versioned data, since payers differ from Medicare in them.
package struct PaymentRuleRates: Hashable, Sendable, Codable {
  /// Both sides of a procedure of bilateral indicator 1.
  package var bilateral: BasisPoints
  /// By rank; the last is also that of every later rank, which a person prices by report.
  package var multipleProcedures: [BasisPoints]
  package var assistant: BasisPoints
  /// What an assistant who is no physician (modifier AS) is paid of what one who is would be.
  package var nonPhysicianAssistant: BasisPoints
  package var coSurgeon: BasisPoints

  /// Medicare Claims Processing Manual, chapter 12: 40.7 bilateral, 40.6 multiple, 20.4.3 assistant at surgery, 110.2 and
  /// 120.1 non-physician assistants, 40.8 co-surgeons.
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
