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

/// CAS01.
package enum AdjustmentGroup: String, Sendable, Codable, CaseIterable {
  /// The provider's to write off.
  case contractual = "CO"
  /// The member's to pay.
  case patientResponsibility = "PR"
  case other = "OA"
  case payerInitiated = "PI"
}

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

/// The rule that made an adjustment and what it looked at, in the order it looked: a decision explains itself.
package struct RuleExplanation: Hashable, Sendable, Codable {
  package var rule: RuleID
  package var inputs: [RuleInput]

  package init(_ rule: RuleID, _ inputs: [RuleInput] = []) {
    self.rule = rule
    self.inputs = inputs
  }
}

package struct RuleInput: Hashable, Sendable, Codable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: some CustomStringConvertible) {
    self.name = name
    self.value = value.description
  }
}
