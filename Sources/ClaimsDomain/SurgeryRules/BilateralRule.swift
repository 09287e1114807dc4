/// Procedures on both sides of a paired organ: modifier 50 on one line, LT and RT on two, or two units where the MPFS
/// allows it.
///
/// BILAT SURG: 0 and 2 pay one fee for both sides, 1 pays 150% of it, and 3 pays each side in full; for 9, sides do not
/// apply (CMS MPFS RVU file layout, field BILAT SURG; Claims Processing Manual, chapter 12, section 40.7).
struct BilateralRule {
  let rates: PaymentRuleRates

  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  func procedures(of lines: [FeePricedLine]) throws(MoneyError) -> [SurgicalProcedure] {
    var left = lines.sorted { $0.number < $1.number }
    var procedures: [SurgicalProcedure] = []
    while !left.isEmpty {
      let line = left.removeFirst()
      if let index = left.firstIndex(where: { isOtherSide($0, of: line) }) {
        let other = left.remove(at: index)
        let pair = line.modifiers.contains("LT") ? [line, other] : [other, line]
        procedures.append(try procedure(of: pair, sides: "LT and RT"))
      } else {
        procedures.append(try procedure(of: [line], sides: sides(of: line)))
      }
    }
    return procedures
  }

  /// How the line bills both sides; nil for one side or none.
  private func sides(of line: FeePricedLine) -> String? {
    guard line.indicators.bilateral != "9" else { return nil }
    if line.modifiers.contains("50") || line.modifiers.isSuperset(of: ["LT", "RT"]) { return "50" }
    // "with a 2 in the units field": applies only to indicators 1 and 2, and not when one side is named.
    let isTwice = line.units == Units(2) && ["1", "2"].contains(line.indicators.bilateral)
    return isTwice && line.modifiers.isDisjoint(with: ["LT", "RT", "76", "77", "59", "XE", "XS", "XP", "XU"])
      ? "2 units" : nil
  }

  private func isOtherSide(_ other: FeePricedLine, of line: FeePricedLine) -> Bool {
    guard ["0", "1", "2"].contains(line.indicators.bilateral), line.code == other.code, line.day == other.day,
      line.fee == other.fee, line.units == .one, other.units == .one
    else { return false }
    let sides: Set<String> = ["LT", "RT"]
    let named = line.modifiers.intersection(sides)
    return named.count == 1 && other.modifiers.intersection(sides) == sides.subtracting(named)
      && line.modifiers.subtracting(sides) == other.modifiers.subtracting(sides)
  }

  private func procedure(of lines: [FeePricedLine], sides: String?) throws(MoneyError) -> SurgicalProcedure {
    let line = lines[0]
    let role = SurgeonRole(line.modifiers)
    guard let sides else {
      let amount = ExactAmount(try line.units.priced(at: line.fee))
      return SurgicalProcedure(lines: lines, role: role, amount: amount, explanations: [])
    }
    let rate: BasisPoints =
      switch line.indicators.bilateral {
      case "1": rates.bilateral
      case "3": BasisPoints(200_00)
      default: .whole
      }
    let explanation = RuleExplanation(
      .surgeryBilateral,
      [
        RuleInput("sides", sides), RuleInput("indicator", line.indicators.bilateral), RuleInput("fee", line.fee),
        RuleInput("rate", rate),
      ])
    return SurgicalProcedure(
      lines: lines, role: role, amount: try ExactAmount(line.fee).times(rate), explanations: [explanation])
  }
}
