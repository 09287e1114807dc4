/// One CAS entry: why a part of the charge is not paid, and by which rule with which inputs.
package struct Adjustment: Hashable, Sendable, Codable {
  package var group: AdjustmentGroup
  /// CARC, the claim adjustment reason code, without its group.
  package var reason: String
  /// RARC, where the reason code wants a remark.
  package var remark: String?
  package var amount: Money
  package var explanation: RuleExplanation

  package init(
    _ group: AdjustmentGroup, _ reason: String, remark: String? = nil, amount: Money, by explanation: RuleExplanation
  ) {
    self.group = group
    self.reason = reason
    self.remark = remark
    self.amount = amount
    self.explanation = explanation
  }

  /// `CO-45`, as examiners write it.
  package var code: String { "\(group.rawValue)-\(reason)" }
}
