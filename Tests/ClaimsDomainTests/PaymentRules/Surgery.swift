import ClaimsDomain
import Testing

/// Fictional surgery, which tests vary.
enum Surgery {
  static func indicators(
    multiple: Character = "9", bilateral: Character = "9", assistant: Character = "9", coSurgeon: Character = "9",
    team: Character = "9", base: String? = nil
  ) -> PaymentPolicyIndicators {
    var indicators = PaymentPolicyIndicators()
    indicators.multipleProcedure = multiple
    indicators.bilateral = bilateral
    indicators.assistant = assistant
    indicators.coSurgeon = coSurgeon
    indicators.team = team
    indicators.endoscopicBase = base
    return indicators
  }

  static func line(
    _ number: Int, _ code: String? = nil, fee: String, charge: String = "99999", modifiers: [String] = [],
    units: Units = .one, on day: String = "2026-03-02", _ indicators: PaymentPolicyIndicators, baseFee: String? = nil
  ) throws -> FeePricedLine {
    let line = try Sample.line(number, code ?? "G010\(number)", charge: charge, modifiers: modifiers, units: units)
    return try #require(
      FeePricedLine(
        line, on: Sample.day(day), fee: Sample.money(fee), indicators: indicators,
        endoscopicBaseFee: baseFee.map(Sample.money)))
  }

  /// Returns the allowed amount of each line, by number.
  static func allowed(_ lines: [FeePricedLine]) throws -> [String] {
    try PaymentRules().apply(to: lines).sorted { $0.key < $1.key }.map(\.value.allowed.description)
  }
}
