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
