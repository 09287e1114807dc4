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

  /// - Throws: `PlanFileError` for all errors found.
  package func plan() throws(PlanFileError) -> BenefitPlan {
    let faults = FaultList()
    let root = try YAMLText(file: file).root()
    let object = YAMLObject(root, named: "the plan", keys: Self.keys, in: file.name, faults)
    return try faults.result(object.flatMap(plan))
  }

  /// The ID of the plan that a file is about, whatever else is wrong with it; nil when it cannot be read.
  static func id(in file: SourceFile) -> PlanID? {
    guard let root = try? YAMLText(file: file).root() else { return nil }
    let object = YAMLObject(root, named: "the plan", keys: keys, in: file.name, FaultList())
    return object?.value("id", .text).map { PlanID($0) }
  }

  private func plan(_ object: YAMLObject) -> BenefitPlan? {
    let (id, name, version) = (
      object.require("id", .text), object.require("name", .text), object.require("version", .text)
    )
    let limits = object.yearlyLimits()
    let coinsurance = object.require("coinsurance", .percentage)
    let benefits = BenefitList(plan: object)
    let rules = benefits.rules()
    let order = object.require("cost_share_order", .choice(of: CostShareOrder.self))
    let years = object.value("timely_filing_years", .choice(["1": 1, "2": 2, "3": 3]))
    let days = years.map { $0 * 366 } ?? object.require("timely_filing_days", .days)
    let pricing = pricing(of: object)
    let outOfNetwork = outOfNetwork(of: object)
    let coordination = object.value("coordination_of_benefits", .choice(of: CoordinationOfBenefits.self))
    let edits = edits(of: object)
    let authorizations = benefits.authorizationRequired()
    let paymentRules = PaymentRuleTerms(plan: object, tables: tables).rates()
    let hasSequestration = object.value("sequestration", .flag) ?? false
    let promptPay = PromptPayTerms(plan: object).promptPay()
    let nearDuplicates = object.value("near_duplicates", .choice(of: NearDuplicates.self))
    guard let id, let name, let version, let limits, let coinsurance, let order, let days, let pricing else {
      return nil
    }
    var plan = BenefitPlan(
      id: PlanID(id), name: name, version: version, deductible: limits.deductible, outOfPocketMaximum: limits.maximum,
      coinsurance: coinsurance, benefits: rules, costShareOrder: order, timelyFilingDays: days, pricing: pricing,
      outOfNetwork: outOfNetwork, coordinationOfBenefits: coordination)
    plan.timelyFilingYears = years
    plan.edits = edits
    plan.authorizationRequired = authorizations
    plan.paymentRules = paymentRules
    plan.hasSequestration = hasSequestration
    plan.promptPay = promptPay
    plan.nearDuplicates = nearDuplicates
    if plan.paymentRules != nil, let modifier = plan.twicePriced {
      object.note(
        at: "payment_rules", "modifier \(modifier) has a rate here and one in pricing",
        advice: "keep one of them: both would be taken from the fee")
    }
    return plan
  }

  private func outOfNetwork(of plan: YAMLObject) -> OutOfNetworkTerms? {
    guard let object = plan.object("out_of_network", keys: Self.outOfNetworkKeys) else { return nil }
    let network = object.require("network", .text)
    if let network, !networks.contains(network) {
      let advice =
        networks.isEmpty ? "add \(network).csv, with a column npi" : NearestWord(known: networks).advice(for: network)
      object.note(at: "network", "there is no provider network \"\(network)\"", advice: advice)
    }
    let limits = object.yearlyLimits()
    let coinsurance = object.require("coinsurance", .percentage)
    guard let pricing = pricing(of: object), let network, let limits, let coinsurance else { return nil }
    return OutOfNetworkTerms(
      network: network, deductible: limits.deductible, outOfPocketMaximum: limits.maximum, coinsurance: coinsurance,
      pricing: pricing)
  }

  private func pricing(of object: YAMLObject) -> Pricing? {
    PricingTerms(of: object, feeSchedules: feeSchedules, tables: tables)?.pricing()
  }

  private func edits(of plan: YAMLObject) -> Set<CodeEdit> {
    let edits = plan.values("edits", .choice(of: CodeEdit.self))
    for edit in edits where !tables.have(edit) {
      plan.note(
        at: "edits", "there is no table for the edit \"\(edit.rawValue)\"",
        advice: "import the published file with `claims rules import`")
    }
    return Set(edits)
  }
}
