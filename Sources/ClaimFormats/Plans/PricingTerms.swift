import ClaimsDomain

/// The `pricing` of a plan file.
struct PricingTerms {
  private let object: YAMLObject
  private let feeSchedules: [String]
  private let tables: ReferenceTables

  private static let keys = ["fee_schedule", "otherwise_percent_of_charge", "physician_fee_schedule", "contracts"]

  /// - Parameter feeSchedules: Names it may price by.
  init(of plan: YAMLObject, feeSchedules: [String], tables: ReferenceTables) throws(PlanFileError) {
    object = try plan.requireObject("pricing", keys: Self.keys)
    self.feeSchedules = feeSchedules
    self.tables = tables
  }

  func pricing() throws(PlanFileError) -> Pricing {
    let pricing = Pricing(
      feeSchedule: try object.value("fee_schedule", .text),
      otherwisePercentOfCharge: try object.value("otherwise_percent_of_charge", .percentage),
      physicianFees: try physicianFees(), contracts: try contracts())
    if let name = pricing.feeSchedule, !feeSchedules.contains(name) {
      let advice = feeSchedules.isEmpty ? "add \(name).csv" : NearestWord(known: feeSchedules).advice(for: name)
      throw object.error(at: "fee_schedule", "there is no fee schedule \"\(name)\"", advice: advice)
    }
    guard pricing != Pricing(feeSchedule: nil, otherwisePercentOfCharge: nil) else {
      throw object.error(
        "pricing would deny every line", advice: "give fee_schedule, otherwise_percent_of_charge, or both")
    }
    return pricing
  }

  private func physicianFees() throws(PlanFileError) -> PhysicianFeePricing? {
    guard let terms = try object.object("physician_fee_schedule", keys: ["locality", "conversion_factors"]) else {
      return nil
    }
    guard !tables.relativeValues.isEmpty else {
      throw object.error(
        at: "physician_fee_schedule", "there is no physician fee schedule",
        advice: "import the RVU file of CMS with `claims rules import`")
    }
    var factors: [Int: Int64] = [:]
    for factor in try terms.objects("conversion_factors", named: "a conversion factor", keys: ["year", "amount"]) {
      let year = try factor.require("year", .year)
      guard factors.updateValue(try factor.require("amount", .conversionFactor).scaled, forKey: year) == nil else {
        throw factor.error(at: "year", "\(year) has two conversion factors", advice: "keep one of them")
      }
    }
    return PhysicianFeePricing(locality: try locality(of: terms), conversionFactors: factors)
  }

  private func locality(of terms: YAMLObject) throws(PlanFileError) -> PricingLocality {
    guard !terms.isScalar("locality") else {
      return try terms.require("locality", .choice(["national": PricingLocality.national]))
    }
    let place = try terms.requireObject("locality", keys: ["contractor", "number", "state", "county"])
    if let state = try place.value("state", .text) {
      let county = try place.require("county", .text)
      guard tables.localities.contains(where: { $0.locality(state: state, county: county) != nil }) else {
        throw place.error(
          at: "state", "no table of localities has \(county), \(state)",
          advice: "write the state in full, or import the locality county crosswalk of CMS with `claims rules import`")
      }
      return .county(state: state, name: county)
    }
    let (contractor, number) = (try place.require("contractor", .text), try place.require("number", .text))
    guard let locality = MedicareLocality(contractor: contractor, number: number),
      tables.practiceCosts.contains(where: { $0[locality] != nil })
    else {
      throw place.error(
        at: "contractor", "no table of practice costs has locality \(contractor)-\(number)",
        advice: "check both numbers, or import the GPCI file of CMS with `claims rules import`")
    }
    return .locality(contractor: locality.contractor, number: locality.number)
  }

  private func contracts() throws(PlanFileError) -> [FacilityContract] {
    let keys = ["id", "revenue_codes", "bill_types", "per_diem", "percent_of_charge", "included_in_per_diem"]
    return try object.objects("contracts", named: "a contract", keys: keys).map { term throws(PlanFileError) in
      let perDiem = try term.value("per_diem", .amount).map(FacilityContract.Rate.perDiem)
      let percent = try term.value("percent_of_charge", .percentage).map(FacilityContract.Rate.percentOfCharge)
      let isIncluded = try term.value("included_in_per_diem", .flag) ?? false
      let rates = [perDiem, percent, isIncluded ? .includedInPerDiem : nil].compactMap(\.self)
      guard let rate = rates.first, rates.count == 1 else {
        throw term.error(
          "a contract pays in one way", advice: "give one of per_diem, percent_of_charge and included_in_per_diem: true"
        )
      }
      let contract = FacilityContract(
        id: try term.require("id", .text), revenueCodes: try term.values("revenue_codes", .codePattern),
        billTypes: try term.values("bill_types", .codePattern), rate: rate)
      guard !contract.revenueCodes.isEmpty || !contract.billTypes.isEmpty else {
        throw term.error("a contract for every line", advice: "name revenue_codes, bill_types, or both")
      }
      return contract
    }
  }
}

extension ScalarForm where Value == Int {
  fileprivate static var year: Self {
    ScalarForm(expectation: "a year such as 2026") { text in Int(text).flatMap { (1992...2199).contains($0) ? $0 : nil }
    }
  }
}

extension ScalarForm where Value == ConversionFactor {
  fileprivate static var conversionFactor: Self { .decimal() }
}
