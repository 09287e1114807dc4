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

  package init(_ code: AdjustmentCode, amount: Money, by explanation: RuleExplanation) {
    self.init(
      code.group, code.reason.rawValue, remark: code.remark?.rawValue, amount: amount, by: explanation)
  }

  /// Creates an adjustment with the code that the rule declares.
  package init(amount: Money, by explanation: RuleExplanation) {
    guard let code = explanation.rule.declaration.adjusts else {
      preconditionFailure("\(explanation.rule) adjusts nothing")
    }
    self.init(code, amount: amount, by: explanation)
  }

  /// Creates the adjustment of a denied line, which is its whole charge.
  package init(_ denial: Denial, amount: Money) {
    self.init(denial.group, denial.reason, remark: denial.remark, amount: amount, by: denial.explanation)
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

  /// Creates a denial with the code that the rule declares.
  package init(by rule: RuleID, _ inputs: RuleInput...) {
    guard let code = rule.declaration.denies else { preconditionFailure("\(rule) denies nothing") }
    group = code.group
    reason = code.reason.rawValue
    remark = code.remark?.rawValue
    explanation = RuleExplanation(rule, inputs)
  }

  /// Creates a denial with the code that a person has chosen.
  package init(chosen group: AdjustmentGroup, _ reason: String, remark: String?) {
    self.group = group
    self.reason = reason
    self.remark = remark
    explanation = RuleExplanation(.deniedByPerson)
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
