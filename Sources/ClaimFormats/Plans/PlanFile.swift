package import ClaimsDomain

/// A benefit plan written in YAML. A file with one wrong or unknown word is refused as a whole: a limit that was
/// misspelt must not become no limit.
package struct PlanFile {
  private let file: SourceFile
  private let feeSchedules: [String]

  /// - Parameter feeSchedules: Names a plan may price by.
  package init(_ file: SourceFile, feeSchedules: some Sequence<String>) {
    self.file = file
    self.feeSchedules = Array(feeSchedules)
  }

  private static let keys = [
    "id", "name", "version", "deductible", "out_of_pocket_maximum", "coinsurance", "cost_share_order",
    "timely_filing_days", "pricing", "benefits",
  ]

  /// - Throws: `PlanFileError` for the first thing that is wrong.
  package func plan() throws(PlanFileError) -> BenefitPlan {
    let object = try YAMLObject(YAMLText(file: file).root(), named: "the plan", keys: Self.keys, in: file.name)
    let deductible = try limit("deductible", of: object)
    let maximum = try limit("out_of_pocket_maximum", of: object)
    guard deductible.individual <= maximum.individual, deductible.family <= maximum.family else {
      throw object.error(
        at: "deductible", "the deductible is above the out-of-pocket maximum", advice: "a deductible counts to it")
    }
    let orders = Dictionary(uniqueKeysWithValues: CostShareOrder.allCases.map { ($0.rawValue, $0) })
    return BenefitPlan(
      id: PlanID(try object.require("id", .text)),
      name: try object.require("name", .text),
      version: try object.require("version", .text),
      deductible: deductible,
      outOfPocketMaximum: maximum,
      coinsurance: try object.require("coinsurance", .percentage),
      benefits: try BenefitList(plan: object).rules(),
      costShareOrder: try object.require("cost_share_order", .choice(orders)),
      timelyFilingDays: try object.require("timely_filing_days", .days),
      pricing: try pricing(of: object))
  }

  private func limit(_ key: String, of plan: YAMLObject) throws(PlanFileError) -> FamilyLimit {
    let object = try plan.requireObject(key, keys: ["individual", "family", "embedded"])
    let limit = FamilyLimit(
      individual: try object.require("individual", .amount), family: try object.require("family", .amount),
      isEmbedded: try object.require("embedded", .flag))
    guard limit.individual <= limit.family else {
      throw object.error(at: "family", "\(key): the family's limit is below that of one member")
    }
    return limit
  }

  private func pricing(of plan: YAMLObject) throws(PlanFileError) -> Pricing {
    let object = try plan.requireObject("pricing", keys: ["fee_schedule", "otherwise_percent_of_charge"])
    let pricing = Pricing(
      feeSchedule: try object.value("fee_schedule", .text),
      otherwisePercentOfCharge: try object.value("otherwise_percent_of_charge", .percentage))
    if let name = pricing.feeSchedule, !feeSchedules.contains(name) {
      let advice = feeSchedules.isEmpty ? "add \(name).csv" : NearestWord(known: feeSchedules).advice(for: name)
      throw object.error(at: "fee_schedule", "there is no fee schedule \"\(name)\"", advice: advice)
    }
    guard pricing.feeSchedule != nil || pricing.otherwisePercentOfCharge != nil else {
      throw object.error(
        "pricing would deny every line", advice: "give fee_schedule, otherwise_percent_of_charge, or both")
    }
    return pricing
  }
}
