/// One CAS entry: why part of the charge is not paid, and which rule decided so with which inputs.
package struct Adjustment: Hashable, Sendable, Codable {
  package var group: AdjustmentGroup
  /// CARC, the claim adjustment reason code, without its group.
  package var reason: String
  /// RARC, when the reason code requires a remark.
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

  /// The code as examiners write it, such as `CO-45`.
  package var code: String { "\(group.rawValue)-\(reason)" }
}

/// CAS01.
package enum AdjustmentGroup: String, Sendable, Codable, CaseIterable {
  /// The provider writes the amount off.
  case contractual = "CO"
  /// The member pays the amount.
  case patientResponsibility = "PR"
  case other = "OA"
  case payerInitiated = "PI"
}

/// Why a line is denied. The whole charge goes under one group and reason.
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

/// The rule that made an adjustment and its inputs, in the order in which the rule used them, so that a decision
/// explains itself.
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
