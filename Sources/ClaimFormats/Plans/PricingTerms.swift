import ClaimsDomain

/// The `pricing` of a plan file.
struct PricingTerms {
  private let object: YAMLObject
  private let feeSchedules: [String]
  private let tables: ReferenceTables

  private static let keys = [
    "fee_schedule", "otherwise_percent_of_charge", "physician_fee_schedule", "contracts", "anesthesia", "modifiers",
  ]

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
      physicianFees: try physicianFees(), contracts: try contracts(), anesthesia: try anesthesia(),
      modifiers: try modifiers())
    if let name = pricing.feeSchedule, !feeSchedules.contains(name) {
      let advice = feeSchedules.isEmpty ? "add \(name).csv" : NearestWord(known: feeSchedules).advice(for: name)
      throw object.error(at: "fee_schedule", "there is no fee schedule \"\(name)\"", advice: advice)
    }
    guard
      pricing != Pricing(feeSchedule: nil, otherwisePercentOfCharge: nil, modifiers: pricing.modifiers)
    else {
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
    return PhysicianFeePricing(
      locality: try locality(of: terms), conversionFactors: try Self.conversionFactors(of: terms))
  }

  private static func conversionFactors(of terms: YAMLObject) throws(PlanFileError) -> [Int: Int64] {
    var factors: [Int: Int64] = [:]
    for factor in try terms.objects("conversion_factors", named: "a conversion factor", keys: ["year", "amount"]) {
      let year = try factor.require("year", .year)
      guard factors.updateValue(try factor.require("amount", .conversionFactor).scaled, forKey: year) == nil else {
        throw factor.error(at: "year", "\(year) has two conversion factors", advice: "keep one of them")
      }
    }
    return factors
  }

  private func anesthesia() throws(PlanFileError) -> AnesthesiaPricing? {
    guard let terms = try object.object("anesthesia", keys: ["conversion_factors", "modifiers"]) else { return nil }
    guard !tables.baseUnits.isEmpty else {
      throw object.error(
        at: "anesthesia", "there is no table of base units",
        advice: "import the anesthesia base units of CMS with `claims rules import`")
    }
    let factors = try Self.conversionFactors(of: terms)
    guard !factors.isEmpty else {
      throw object.error(at: "anesthesia", "anesthesia has no conversion factor", advice: "give conversion_factors")
    }
    var directions: [String: MedicalDirection] = [:]
    let keys = ["modifier", "rate", "base_units", "time"]
    for term in try terms.objects("modifiers", named: "a modifier of anesthesia", keys: keys) {
      let modifier = try term.require("modifier", .modifier)
      let direction = MedicalDirection(
        rate: try term.require("rate", .percentage), baseUnits: try term.value("base_units", .baseUnits),
        countsTime: try term.value("time", .flag) ?? true)
      guard directions.updateValue(direction, forKey: modifier) == nil else {
        throw term.error(at: "modifier", "\(modifier) is there twice", advice: "keep one of them")
      }
    }
    return AnesthesiaPricing(conversionFactors: factors, directions: directions)
  }

  private func modifiers() throws(PlanFileError) -> PricingModifiers? {
    var effects: [String: PricingModifiers.Effect] = [:]
    for term in try object.objects("modifiers", named: "a modifier", keys: ["modifier", "rate", "own_fee"]) {
      let modifier = try term.require("modifier", .modifier)
      let rate = try term.value("rate", .percentage)
      let effect: PricingModifiers.Effect
      switch (rate, try term.value("own_fee", .flag) ?? false) {
      case (let rate?, false): effect = .rate(rate)
      case (nil, true): effect = .ownFee
      default:
        throw term.error("a modifier changes the price in one way", advice: "give rate, or own_fee: true")
      }
      guard effects.updateValue(effect, forKey: modifier) == nil else {
        throw term.error(at: "modifier", "\(modifier) is there twice", advice: "keep one of them")
      }
    }
    return effects.isEmpty ? nil : PricingModifiers(effects: effects)
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
