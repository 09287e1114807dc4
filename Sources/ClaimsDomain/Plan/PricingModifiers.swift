/// Which modifiers change the price of a service, and what each makes of it. Any other informs, and keeps no line from its
/// price.
package struct PricingModifiers: Hashable, Sendable, Codable {
  package enum Effect: Hashable, Sendable, Codable {
    /// The service has a price of its own with it: a fee without it is that of something else.
    case ownFee
    /// A part of the fee, all of it where the modifier only informs.
    case rate(BasisPoints)
  }

  /// What the plan says of single modifiers; what it does not name is as everywhere.
  package var effects: [String: Effect]

  package static let standard = PricingModifiers(effects: [:])

  package init(effects: [String: Effect]) {
    self.effects = effects
  }

  /// Nil where the modifier informs.
  package subscript(modifier: String) -> Effect? {
    effects[modifier] ?? (Self.ownFees.contains(modifier) ? .ownFee : nil)
  }

  /// Medicare Claims Processing Manual: components (chapter 12, section 20.3); equipment that is new, used, rented or
  /// leased, and its maintenance (chapter 20, section 30.5); less than the whole service, and a service broken off (4,
  /// 20.6.4; 12, 40.2); the parts of a global package (12, 40.4); surgeons besides the first (12, 20.4.3 and 40.8);
  /// therapy by an assistant (5, 20.1); medical direction of anesthesia (12, 50); film, and scanners below the standard
  /// (13, 20.2).
  private static let ownFees: Set<String> = [
    "26", "TC", "NU", "UE", "RR", "LL", "MS", "52", "53", "73", "74", "54", "55", "56", "78", "62", "66", "80", "81",
    "82",
    "AS", "CQ", "CO", "AD", "QK", "QX", "QY", "FX", "FY", "CT",
  ]
}
