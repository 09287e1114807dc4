package import ClaimsDomain

/// A benefit plan in YAML. A single invalid or unknown word invalidates the whole file, so that a misspelled limit
/// cannot become no limit.
package struct PlanFile {
  private let file: SourceFile
  private let feeSchedules: [String]
  private let networks: [String]
  private let tables: ReferenceTables

  /// - Parameters:
  ///   - feeSchedules: The names of the fee schedules that the plan may use.
  ///   - networks: The names of the provider networks that the plan may use.
  ///   - tables: The tables that the plan may use to price and check codes.
  package init(
    _ file: SourceFile, feeSchedules: some Sequence<String>, networks: some Sequence<String> = EmptyCollection(),
    tables: ReferenceTables = .none
  ) {
    self.file = file
    self.feeSchedules = Array(feeSchedules)
    self.networks = Array(networks)
    self.tables = tables
  }

  private static let keys = [
    "id", "name", "version", "deductible", "out_of_pocket_maximum", "coinsurance", "cost_share_order",
    "timely_filing_days", "timely_filing_years", "pricing", "benefits", "out_of_network", "coordination_of_benefits",
    "edits",
    "authorization_required", "payment_rules", "sequestration", "near_duplicates", "prompt_pay",
  ]

  private static let outOfNetworkKeys = ["network", "deductible", "out_of_pocket_maximum", "coinsurance", "pricing"]

  /// - Throws: `PlanFileError` for the first error found.
  package func plan() throws(PlanFileError) -> BenefitPlan {
    let object = try YAMLObject(YAMLText(file: file).root(), named: "the plan", keys: Self.keys, in: file.name)
    let (deductible, maximum) = try object.yearlyLimits()
    let orders = Dictionary(uniqueKeysWithValues: CostShareOrder.allCases.map { ($0.rawValue, $0) })
    let methods = Dictionary(uniqueKeysWithValues: CoordinationOfBenefits.allCases.map { ($0.rawValue, $0) })
    let years = try object.value("timely_filing_years", .choice(["1": 1, "2": 2, "3": 3]))
    let days = if let years { years * 366 } else { try object.require("timely_filing_days", .days) }
    var plan = BenefitPlan(
      id: PlanID(try object.require("id", .text)),
      name: try object.require("name", .text),
      version: try object.require("version", .text),
      deductible: deductible,
      outOfPocketMaximum: maximum,
      coinsurance: try object.require("coinsurance", .percentage),
      benefits: try BenefitList(plan: object).rules(),
      costShareOrder: try object.require("cost_share_order", .choice(orders)),
      timelyFilingDays: days,
      pricing: try pricing(of: object),
      outOfNetwork: try outOfNetwork(of: object),
      coordinationOfBenefits: try object.value("coordination_of_benefits", .choice(methods)))
    plan.timelyFilingYears = years
    plan.edits = try edits(of: object)
    plan.authorizationRequired = try BenefitList(plan: object).authorizationRequired()
    plan.paymentRules = try PaymentRuleTerms(plan: object, tables: tables).rates()
    if plan.paymentRules != nil, let modifier = plan.twicePriced {
      throw object.error(
        at: "payment_rules", "modifier \(modifier) has a rate here and one in pricing",
        advice: "keep one of them: both would be taken from the fee")
    }
    plan.hasSequestration = try object.value("sequestration", .flag) ?? false
    plan.promptPay = try PromptPayTerms(plan: object).promptPay()
    let answers = Dictionary(uniqueKeysWithValues: NearDuplicates.allCases.map { ($0.rawValue, $0) })
    plan.nearDuplicates = try object.value("near_duplicates", .choice(answers))
    return plan
  }

  private func outOfNetwork(of plan: YAMLObject) throws(PlanFileError) -> OutOfNetworkTerms? {
    guard let object = try plan.object("out_of_network", keys: Self.outOfNetworkKeys) else { return nil }
    let network = try object.require("network", .text)
    guard networks.contains(network) else {
      let advice =
        networks.isEmpty ? "add \(network).csv, with a column npi" : NearestWord(known: networks).advice(for: network)
      throw object.error(at: "network", "there is no provider network \"\(network)\"", advice: advice)
    }
    let (deductible, maximum) = try object.yearlyLimits()
    return OutOfNetworkTerms(
      network: network, deductible: deductible, outOfPocketMaximum: maximum,
      coinsurance: try object.require("coinsurance", .percentage),
      pricing: try pricing(of: object))
  }

  private func pricing(of object: YAMLObject) throws(PlanFileError) -> Pricing {
    try PricingTerms(of: object, feeSchedules: feeSchedules, tables: tables).pricing()
  }

  private func edits(of plan: YAMLObject) throws(PlanFileError) -> Set<CodeEdit> {
    let words = Dictionary(uniqueKeysWithValues: CodeEdit.allCases.map { ($0.rawValue, $0) })
    let edits = try plan.values("edits", .choice(words))
    for edit in edits where !tables.have(edit) {
      throw plan.error(
        at: "edits", "there is no table for the edit \"\(edit.rawValue)\"",
        advice: "import the published file with `claims rules import`")
    }
    return Set(edits)
  }
}
