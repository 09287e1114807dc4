/// The decision about a claim. A decision that is out of balance cannot exist: on every line and on the claim, charge =
/// paid + Σ adjustments (X12 835 TR3 005010X221, 1.10.2.1).
package struct Decision: Hashable, Sendable {
  package let lines: [LineDecision]
  /// The ruleset that produced the decision.
  package let ruleset: RulesetID

  package let charge: Money
  package let allowed: Money
  package let paid: Money
  package let memberResponsibility: Money

  /// - Throws: `MoneyError.overflow` when the sum of the lines overflows 64 bits.
  package init(lines: [LineDecision], ruleset: RulesetID) throws(MoneyError) {
    self.lines = lines
    self.ruleset = ruleset
    charge = try lines.map(\.charge).total()
    allowed = try lines.map(\.allowed).total()
    paid = try lines.map(\.paid).total()
    memberResponsibility = try lines.map(\.memberResponsibility).total()
  }

  /// Whether every line with a charge is denied. A line without a charge (such as a quality measure) requests no
  /// payment, so it does not prevent an otherwise denied claim from being denied.
  package var isDenied: Bool {
    lines.contains(where: \.isDenied) && lines.allSatisfy { $0.isDenied || $0.charge == .zero }
  }
}

extension Decision: Codable {
  enum CodingKeys: String, CodingKey { case lines, ruleset }

  /// Decodes and checks a decision; a stored decision that is out of balance does not decode.
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

/// The decision about one line, balanced by construction.
package struct LineDecision: Hashable, Sendable {
  package let number: Int
  /// The procedure, else the revenue code.
  package let code: String
  package let charge: Money
  /// The amounts that we and earlier payers paid, plus the member's share of the price and what sequestration takes;
  /// zero on a denied line.
  package let allowed: Money
  package let paid: Money
  package let adjustments: [Adjustment]
  /// Everything under group PR: the share of the allowed amount, and amounts outside it (denied, over a benefit's
  /// limit, balance billed).
  package let memberResponsibility: Money
  /// Whether a rule denied the line; false when nothing is paid only because the member owes it all.
  package let isDenied: Bool
  package let network: NetworkStatus
  /// What the line used of a benefit with a limit or of a shared copay; nil when neither applies.
  package let use: BenefitUse?
  /// The credit toward the year's totals; nil when what the member owes is what counts.
  package let credit: CostShareCredit?

  /// - Throws: `BalanceError` when charge ≠ paid + Σ adjustments, or an amount is negative or exceeds the amount that
  ///   limits it.
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

  /// Creates a decision that pays nothing for a line.
  ///
  /// - Throws: `BalanceError` when the charge is below zero.
  package init(denying line: ServiceLine, for denial: Denial) throws(BalanceError) {
    let whole = Adjustment(denial, amount: line.charge)
    try self.init(
      number: line.number, code: line.code, charge: line.charge, allowed: .zero, paid: .zero, adjustments: [whole],
      isDenied: true)
  }

  /// What an out-of-network provider charges above the maximum allowed amount (PR-45). The member pays it in addition
  /// to the share of the allowed amount, and it counts toward nothing.
  package var balanceBilled: Money {
    get throws(MoneyError) {
      try adjustments.lazy.filter { $0.group == .patientResponsibility && $0.reason == "45" }.map(\.amount).total()
    }
  }

  /// The total of the adjustments; nil when it overflows 64 bits, in which case the line cannot balance.
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
    // Encoded only when it differs from the default, which keeps most decisions short.
    if network != .inNetwork { try container.encode(network, forKey: .network) }
    try container.encodeIfPresent(use, forKey: .use)
    try container.encodeIfPresent(credit, forKey: .credit)
  }
}

/// The error for a line that does not balance. Such a line is never recorded.
package struct BalanceError: Error, Hashable, CustomStringConvertible {
  package let line: Int
  package let charge: Money
  package let paid: Money
  /// The total of the adjustments; nil when it overflows 64 bits.
  package let adjusted: Money?

  package var description: String {
    let sum = adjusted.map(\.description) ?? "more than can be added up"
    return "line \(line) does not balance: charge \(charge), paid \(paid), adjusted \(sum)"
  }
}
