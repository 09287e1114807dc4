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
    let adjusted: Money
    let owed: Money
    do {
      adjusted = try adjustments.map(\.amount).total()
      owed = try adjustments.filter { $0.group == .patientResponsibility }.map(\.amount).total()
      guard try paid + adjusted == charge else {
        throw BalanceError(line: number, charge: charge, paid: paid, adjusted: adjusted)
      }
    } catch let error as BalanceError {
      throw error
    } catch {
      throw BalanceError(line: number, charge: charge, paid: paid, adjusted: .zero)
    }
    guard !paid.isNegative, paid <= allowed, allowed <= charge, !isDenied || (paid == .zero && allowed == .zero) else {
      throw BalanceError(line: number, charge: charge, paid: paid, adjusted: adjusted)
    }
    self.number = number
    self.code = code
    self.charge = charge
    self.allowed = allowed
    self.paid = paid
    self.adjustments = adjustments
    self.isDenied = isDenied
    memberResponsibility = owed
  }
}

/// A line that does not add up is never recorded.
package struct BalanceError: Error, Hashable, CustomStringConvertible {
  package let line: Int
  package let charge: Money
  package let paid: Money
  package let adjusted: Money

  package var description: String {
    "line \(line) does not balance: charge \(charge), paid \(paid), adjusted \(adjusted)"
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
