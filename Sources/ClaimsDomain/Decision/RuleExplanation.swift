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
