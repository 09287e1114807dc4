/// What was decided about a claim. It cannot exist out of balance: on every line and on the claim,
/// charge = paid + Σ adjustments (X12 835 TR3 005010X221, 1.10.2.1).
package struct Decision: Hashable, Sendable {
  package let lines: [LineDecision]
  /// The rules by which it was decided.
  package let ruleset: RulesetID

  package let charge: Money
  package let allowed: Money
  package let paid: Money
  package let memberResponsibility: Money

  /// - Throws: `MoneyError.overflow` when the lines do not add up within 64 bits.
  package init(lines: [LineDecision], ruleset: RulesetID) throws(MoneyError) {
    self.lines = lines
    self.ruleset = ruleset
    charge = try lines.map(\.charge).total()
    allowed = try lines.map(\.allowed).total()
    paid = try lines.map(\.paid).total()
    memberResponsibility = try lines.map(\.memberResponsibility).total()
  }

  /// Nothing that was charged for is allowed. A line of no charge (a quality measure, say) asks for no money, so it
  /// does not keep an otherwise denied claim from being denied.
  package var isDenied: Bool {
    lines.contains(where: \.isDenied) && lines.allSatisfy { $0.isDenied || $0.charge == .zero }
  }
}

extension Decision: Codable {
  enum CodingKeys: String, CodingKey { case lines, ruleset }

  /// Reads and checks: a stored decision out of balance does not decode.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      lines: container.decode([LineDecision].self, forKey: .lines),
      ruleset: container.decode(RulesetID.self, forKey: .ruleset))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lines, forKey: .lines)
    try container.encode(ruleset, forKey: .ruleset)
  }
}

/// What was decided about one line; balanced by construction.
package struct LineDecision: Hashable, Sendable {
  package let number: Int
  /// The procedure, else the revenue code.
  package let code: String
  package let charge: Money
  /// Paid, by us and by payers before us, plus what the member shares of the price and what sequestration takes; zero on
  /// a denied line.
  package let allowed: Money
  package let paid: Money
  package let adjustments: [Adjustment]
  /// Everything under group PR: the share of what is allowed, and what is beside it (denied, over a benefit's limit,
  /// balance billed).
  package let memberResponsibility: Money
  /// Denied by a rule, not merely paid nothing because the member owes it all.
  package let isDenied: Bool
  package let network: NetworkStatus
  /// What it used of a benefit with a limit; nil where its benefit has none.
  package let use: BenefitUse?
  /// Nil where what the member owes is what counts.
  package let credit: CostShareCredit?

  /// - Throws: `BalanceError` when charge ≠ paid + Σ adjustments, or an amount is below zero or above what holds it.
  package init(
    number: Int, code: String, charge: Money, allowed: Money, paid: Money, adjustments: [Adjustment], isDenied: Bool,
    network: NetworkStatus = .inNetwork, use: BenefitUse? = nil, credit: CostShareCredit? = nil
  ) throws(BalanceError) {
    let adjusted = Self.total(adjustments)
    let owed = Self.total(adjustments.lazy.filter { $0.group == .patientResponsibility })
    guard let adjusted, let owed, Self.balances(charge: charge, paid: paid, adjusted: adjusted),
      !paid.isNegative, paid <= allowed, allowed <= charge, !isDenied || (paid == .zero && allowed == .zero)
    else { throw BalanceError(line: number, charge: charge, paid: paid, adjusted: adjusted) }
    self.number = number
    self.code = code
    self.charge = charge
    self.allowed = allowed
    self.paid = paid
    self.adjustments = adjustments
    self.isDenied = isDenied
    self.network = network
    self.use = use
    self.credit = credit
    memberResponsibility = owed
  }

  /// A line of which nothing is paid.
  ///
  /// - Throws: `BalanceError` when the charge is below zero.
  package init(denying line: ServiceLine, for denial: Denial) throws(BalanceError) {
    let whole = Adjustment(
      denial.group, denial.reason, remark: denial.remark, amount: line.charge, by: denial.explanation)
    try self.init(
      number: line.number, code: line.code, charge: line.charge, allowed: .zero, paid: .zero, adjustments: [whole],
      isDenied: true)
  }

  /// What a provider out of the network charges above the maximum allowed amount (PR-45): the member's to pay, beside
  /// the share of what is allowed, and counted to nothing.
  package var balanceBilled: Money {
    get throws(MoneyError) {
      try adjustments.lazy.filter { $0.group == .patientResponsibility && $0.reason == "45" }.map(\.amount).total()
    }
  }

  /// Nil past 64 bits: such a line cannot balance.
  private static func total(_ adjustments: some Sequence<Adjustment>) -> Money? {
    try? adjustments.lazy.map(\.amount).total()
  }

  private static func balances(charge: Money, paid: Money, adjusted: Money) -> Bool {
    (try? paid + adjusted) == charge
  }
}

extension LineDecision: Codable {
  enum CodingKeys: String, CodingKey {
    case number, code, charge, allowed, paid, adjustments, network, credit
    case isDenied = "denied"
    case use = "benefit_use"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      number: container.decode(Int.self, forKey: .number),
      code: container.decode(String.self, forKey: .code),
      charge: container.decode(Money.self, forKey: .charge),
      allowed: container.decode(Money.self, forKey: .allowed),
      paid: container.decode(Money.self, forKey: .paid),
      adjustments: container.decode([Adjustment].self, forKey: .adjustments),
      isDenied: container.decode(Bool.self, forKey: .isDenied),
      network: container.decodeIfPresent(NetworkStatus.self, forKey: .network) ?? .inNetwork,
      use: container.decodeIfPresent(BenefitUse.self, forKey: .use),
      credit: container.decodeIfPresent(CostShareCredit.self, forKey: .credit))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(number, forKey: .number)
    try container.encode(code, forKey: .code)
    try container.encode(charge, forKey: .charge)
    try container.encode(allowed, forKey: .allowed)
    try container.encode(paid, forKey: .paid)
    try container.encode(adjustments, forKey: .adjustments)
    try container.encode(isDenied, forKey: .isDenied)
    // Said only where it is not the rule, so that most decisions are short.
    if network != .inNetwork { try container.encode(network, forKey: .network) }
    try container.encodeIfPresent(use, forKey: .use)
    try container.encodeIfPresent(credit, forKey: .credit)
  }
}

/// A line that does not add up is never recorded.
package struct BalanceError: Error, Hashable, CustomStringConvertible {
  package let line: Int
  package let charge: Money
  package let paid: Money
  /// Nil when the adjustments themselves leave 64 bits.
  package let adjusted: Money?

  package var description: String {
    let sum = adjusted.map(\.description) ?? "more than can be added up"
    return "line \(line) does not balance: charge \(charge), paid \(paid), adjusted \(sum)"
  }
}
