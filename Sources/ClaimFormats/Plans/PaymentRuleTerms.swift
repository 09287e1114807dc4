import ClaimsDomain

/// The `payment_rules` of a plan file: `medicare`, or the rates in which the plan differs from Medicare.
struct PaymentRuleTerms {
  let plan: YAMLObject
  let tables: ReferenceTables

  private static let keys = [
    "bilateral", "multiple_procedures", "assistant", "non_physician_assistant", "co_surgeon",
  ]

  /// Nil where each line is priced by itself.
  func rates() throws(PlanFileError) -> PaymentRuleRates? {
    guard let rates = try written() else { return nil }
    guard !tables.relativeValues.isEmpty else {
      throw plan.error(
        at: "payment_rules", "no table says which rules a code is under",
        advice: "import the RVU file of CMS with `claims rules import`")
    }
    return rates
  }

  private func written() throws(PlanFileError) -> PaymentRuleRates? {
    if plan.isScalar("payment_rules") {
      return try plan.require("payment_rules", .choice(["medicare": PaymentRuleRates.medicare]))
    }
    guard let object = try plan.object("payment_rules", keys: Self.keys) else { return nil }
    let medicare = PaymentRuleRates.medicare
    let ranks = try object.values("multiple_procedures", .percentage)
    return PaymentRuleRates(
      bilateral: try object.value("bilateral", .bilateral) ?? medicare.bilateral,
      multipleProcedures: ranks.isEmpty ? medicare.multipleProcedures : ranks,
      assistant: try object.value("assistant", .percentage) ?? medicare.assistant,
      nonPhysicianAssistant: try object.value("non_physician_assistant", .percentage) ?? medicare.nonPhysicianAssistant,
      coSurgeon: try object.value("co_surgeon", .percentage) ?? medicare.coSurgeon)
  }
}

extension ScalarForm where Value == BasisPoints {
  /// Both sides are paid as one at least, and as two at most.
  fileprivate static var bilateral: Self {
    ScalarForm(expectation: "a percentage from 100% to 200% with at most two decimals, such as 150%") { text in
      guard text.hasSuffix("%"), let hundredths = try? Money(parsing: text.dropLast()).cents,
        (10_000...20_000).contains(hundredths)
      else { return nil }
      return BasisPoints(hundredths)
    }
  }
}
