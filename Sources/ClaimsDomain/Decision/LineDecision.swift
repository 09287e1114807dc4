/// What was decided about one line; balanced by construction.
package struct LineDecision: Hashable, Sendable {
  package let number: Int
  /// The procedure, else the revenue code.
  package let code: String
  package let charge: Money
  /// Paid plus what the member owes of the negotiated price; zero on a denied line.
  package let allowed: Money
  package let paid: Money
  package let adjustments: [Adjustment]
  /// Everything under group PR.
  package let memberResponsibility: Money
  /// Denied by a rule, not merely paid nothing because the member owes it all.
  package let isDenied: Bool

  /// - Throws: `BalanceError` when charge ≠ paid + Σ adjustments, or an amount is below zero or above what holds it.
  package init(
    number: Int, code: String, charge: Money, allowed: Money, paid: Money, adjustments: [Adjustment], isDenied: Bool
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
    case number, code, charge, allowed, paid, adjustments
    case isDenied = "denied"
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
      isDenied: container.decode(Bool.self, forKey: .isDenied))
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
  }
}
