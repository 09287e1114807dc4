/// Why a line is not paid at all. The whole charge goes under one group and reason.
package struct Denial: Hashable, Sendable {
  package var group: AdjustmentGroup
  package var reason: String
  package var remark: String?
  package var explanation: RuleExplanation

  package init(
    _ group: AdjustmentGroup, _ reason: String, remark: String? = nil, by rule: RuleID, _ inputs: RuleInput...
  ) {
    self.group = group
    self.reason = reason
    self.remark = remark
    explanation = RuleExplanation(rule, inputs)
  }
}
