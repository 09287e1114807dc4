import ClaimsDomain

/// The `pricing` section of a plan file.
struct PricingTerms {
  private let object: YAMLObject
  private let feeSchedules: [String]
  private let tables: ReferenceTables

  private static let keys = [
    "fee_schedule", "otherwise_percent_of_charge", "physician_fee_schedule", "contracts", "anesthesia", "modifiers",
  ]

  /// - Parameter feeSchedules: The names of the fee schedules that the plan may use.
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

/// The `payment_rules` section of a plan file: `medicare`, or the rates in which the plan differs from Medicare.
struct PaymentRuleTerms {
  let plan: YAMLObject
  let tables: ReferenceTables

  private static let keys = [
    "bilateral", "multiple_procedures", "assistant", "non_physician_assistant", "co_surgeon",
  ]

  /// The payment rule rates; nil when each line is priced by itself.
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
  /// Both sides are paid as at least one and at most two.
  fileprivate static var bilateral: Self {
    ScalarForm(expectation: "a percentage from 100% to 200% with at most two decimals, such as 150%") { text in
      guard text.hasSuffix("%"), let hundredths = try? Money(parsing: text.dropLast()).cents,
        (10_000...20_000).contains(hundredths)
      else { return nil }
      return BasisPoints(hundredths)
    }
  }
}

/// The `prompt_pay` section of a plan file.
struct PromptPayTerms {
  let plan: YAMLObject

  /// The prompt-pay terms; nil when late payment costs nothing.
  func promptPay() throws(PlanFileError) -> PromptPay? {
    guard let object = try plan.object("prompt_pay", keys: ["days", "year", "rates"]) else { return nil }
    let lengths = Dictionary(uniqueKeysWithValues: YearLength.allCases.map { ($0.rawValue, $0) })
    let rates = try object.objects("rates", named: "a rate", keys: ["from", "annual"]).map {
      rate throws(PlanFileError) in
      PromptPayRate(from: try rate.require("from", .date), percent: try rate.require("annual", .annualRate))
    }
    guard !rates.isEmpty else {
      throw object.error("prompt_pay has no rates", advice: "give each a day and a percentage: {from, annual}")
    }
    guard Set(rates.map(\.from)).count == rates.count else {
      throw object.error(at: "rates", "two rates of prompt_pay begin on the same day")
    }
    return PromptPay(
      days: try object.require("days", .days), yearLength: try object.value("year", .choice(lengths)) ?? .calendar,
      rates: rates)
  }
}

extension ScalarForm where Value == AnnualRate {
  fileprivate static var annualRate: Self {
    ScalarForm(expectation: "a percentage from 0% to 100% with at most three decimals, such as 4.625%") { text in
      guard text.hasSuffix("%") else { return nil }
      let digits = text.dropLast().reversed().drop { $0 == " " }.reversed()
      return AnnualRate(parsing: String(digits)).flatMap { $0.scaled <= 100_000 ? $0 : nil }
    }
  }
}
