package import ClaimsDomain

/// A benefit plan written in YAML. A file with one wrong or unknown word is refused as a whole: a limit that was
/// misspelt must not become no limit.
package struct PlanFile {
  private let file: SourceFile
  private let feeSchedules: [String]
  private let networks: [String]

  /// - Parameters:
  ///   - feeSchedules: Names a plan may price by.
  ///   - networks: Names of provider networks a plan may have.
  package init(
    _ file: SourceFile, feeSchedules: some Sequence<String>, networks: some Sequence<String> = EmptyCollection()
  ) {
    self.file = file
    self.feeSchedules = Array(feeSchedules)
    self.networks = Array(networks)
  }

  private static let keys = [
    "id", "name", "version", "deductible", "out_of_pocket_maximum", "coinsurance", "cost_share_order",
    "timely_filing_days", "pricing", "benefits", "out_of_network", "coordination_of_benefits",
  ]

  private static let outOfNetworkKeys = ["network", "deductible", "out_of_pocket_maximum", "coinsurance", "pricing"]

  /// - Throws: `PlanFileError` for the first thing that is wrong.
  package func plan() throws(PlanFileError) -> BenefitPlan {
    let object = try YAMLObject(YAMLText(file: file).root(), named: "the plan", keys: Self.keys, in: file.name)
    let (deductible, maximum) = try object.yearlyLimits()
    let orders = Dictionary(uniqueKeysWithValues: CostShareOrder.allCases.map { ($0.rawValue, $0) })
    let methods = Dictionary(uniqueKeysWithValues: CoordinationOfBenefits.allCases.map { ($0.rawValue, $0) })
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
      pricing: try object.pricing(feeSchedules: feeSchedules),
      outOfNetwork: try outOfNetwork(of: object),
      coordinationOfBenefits: try object.value("coordination_of_benefits", .choice(methods)))
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
      pricing: try object.pricing(feeSchedules: feeSchedules))
  }
}
