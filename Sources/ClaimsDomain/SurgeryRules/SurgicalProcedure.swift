/// One procedure of a day as the payment rules see it: a line, or the two lines of its two sides.
struct SurgicalProcedure {
  /// LT before RT.
  let lines: [FeePricedLine]
  let role: SurgeonRole
  /// After the bilateral rule, then after the endoscopic one.
  var amount: ExactAmount
  var explanations: [RuleExplanation]
  /// A base that is in the value of another endoscopy of its family, and so is not paid beside it.
  var isIncludedBase = false
  var review: RuledLine.Review?

  var first: FeePricedLine { lines[0] }

  /// What keeps equal amounts in one order, whatever order the lines came in.
  var number: Int { lines.map(\.number).min() ?? 0 }

  var isEndoscopy: Bool { first.indicators.multipleProcedure == "3" }

  /// Ranked with others under the standard rule: indicators 1 (of before 1995), 2 and 3. A return to the operating room is
  /// not (Claims Processing Manual, chapter 12, section 40.4.C).
  var isRanked: Bool {
    ["1", "2", "3"].contains(first.indicators.multipleProcedure)
      && !first.modifiers.contains(GlobalPart.returnToOperatingRoom.rawValue)
  }
}
