import ClaimsDomain

/// How one line was worked out: from what was billed, step by step, to what the plan paid.
struct Working {
  let title: String
  let billed: String
  let steps: [Step]
  let planPaid: String
  let yourShare: String

  struct Step {
    let title: String
    let codes: String
    let basis: String
    let rule: String
    let amount: String
  }

  init(of line: LineDecision, named names: ServiceNames) {
    title = "Line \(line.number), \(names.code(of: line))"
    billed = line.charge.dollars
    planPaid = line.paid.dollars
    yourShare = line.memberResponsibility.dollars
    steps = line.adjustments.map { adjustment in
      let rule = PlainRule(adjustment.explanation)
      return Step(
        title: PlainWords(adjustment.group, adjustment.reason).title, codes: Note.codes(of: adjustment),
        basis: rule.inputs.isEmpty ? "\(rule.title)." : "\(rule.title): \(rule.inputs).",
        rule: adjustment.explanation.rule.rawValue, amount: adjustment.amount.dollars)
    }
  }
}
