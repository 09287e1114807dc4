/// What one kind of cost sharing asks of the member for a line.
struct MemberShare {
  let kind: CostShareKind
  var amount: Money
  var explanation: RuleExplanation

  init(_ kind: CostShareKind, _ amount: Money, by rule: RuleID, _ inputs: RuleInput...) {
    self.kind = kind
    self.amount = amount
    explanation = RuleExplanation(rule, inputs)
  }

  var adjustment: Adjustment {
    Adjustment(.patientResponsibility, kind.reasonCode, amount: amount, by: explanation)
  }
}
