import ClaimsDomain

/// What became of a charge, of one line or of the whole claim: billed = plan paid + Σ parts.
struct ChargeBreakdown {
  private(set) var billed = Money.zero
  private(set) var allowed = Money.zero
  private(set) var planPaid = Money.zero
  private(set) var yourShare = Money.zero
  private var parts: [ChargePart: Money] = [:]

  subscript(part: ChargePart) -> Money { parts[part] ?? .zero }

  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  init(of lines: [LineDecision]) throws(MoneyError) {
    for line in lines { try add(line) }
  }

  /// Not paid, and not the member's to pay either: written off by the provider, or decided elsewhere.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  func unowed() throws(MoneyError) -> Money {
    let taken = try [planPaid, yourShare, self[.discount], self[.otherInsurance]].total()
    return try billed - taken
  }

  private mutating func add(_ line: LineDecision) throws(MoneyError) {
    billed = try billed + line.charge
    allowed = try allowed + line.allowed
    planPaid = try planPaid + line.paid
    yourShare = try yourShare + line.memberResponsibility
    for adjustment in line.adjustments {
      let part = ChargePart(adjustment, isDenied: line.isDenied)
      parts[part] = try self[part] + adjustment.amount
    }
  }
}
