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
  /// - Returns: nil when the plan has no such section.
  init?(of plan: YAMLObject, feeSchedules: [String], tables: ReferenceTables) {
    guard let object = plan.requireObject("pricing", keys: Self.keys) else { return nil }
    (self.object, self.feeSchedules, self.tables) = (object, feeSchedules, tables)
  }

  func pricing() -> Pricing {
    let pricing = Pricing(
      feeSchedule: object.value("fee_schedule", .text),
      otherwisePercentOfCharge: object.value("otherwise_percent_of_charge", .percentage),
      physicianFees: physicianFees(), contracts: contracts(), anesthesia: anesthesia(), modifiers: modifiers())
    if let name = pricing.feeSchedule, !feeSchedules.contains(name) {
      let advice = feeSchedules.isEmpty ? "add \(name).csv" : NearestWord(known: feeSchedules).advice(for: name)
      object.note(at: "fee_schedule", "there is no fee schedule \"\(name)\"", advice: advice)
    }
    if !Self.keys.contains(where: { $0 != "modifiers" && object.isFilled($0) }) {
      object.note(
        "pricing would deny every line", advice: "give fee_schedule, otherwise_percent_of_charge, or both")
    }
    return pricing
  }

  private func physicianFees() -> PhysicianFeePricing? {
    guard let terms = object.object("physician_fee_schedule", keys: ["locality", "conversion_factors"]) else {
      return nil
    }
    let factors = Self.conversionFactors(of: terms)
    guard !tables.relativeValues.isEmpty else {
      object.note(
        at: "physician_fee_schedule", "there is no physician fee schedule",
        advice: "import the RVU file of CMS with `claims rules import`")
      return nil
    }
    return locality(of: terms).map { PhysicianFeePricing(locality: $0, conversionFactors: factors) }
  }

  private static func conversionFactors(of terms: YAMLObject) -> [Int: Int64] {
    var factors: [Int: Int64] = [:]
    for factor in terms.objects("conversion_factors", named: "a conversion factor", keys: ["year", "amount"]) {
      let (year, amount) = (factor.require("year", .year), factor.require("amount", .conversionFactor))
      guard let year, let amount else { continue }
      if factors.updateValue(amount.scaled, forKey: year) != nil {
        factor.note(at: "year", "\(year) has two conversion factors", advice: "keep one of them")
      }
    }
    return factors
  }

  private func anesthesia() -> AnesthesiaPricing? {
    guard let terms = object.object("anesthesia", keys: ["conversion_factors", "modifiers"]) else { return nil }
    if tables.baseUnits.isEmpty {
      object.note(
        at: "anesthesia", "there is no table of base units",
        advice: "import the anesthesia base units of CMS with `claims rules import`")
    }
    if !terms.isFilled("conversion_factors") {
      object.note(at: "anesthesia", "anesthesia has no conversion factor", advice: "give conversion_factors")
    }
    return AnesthesiaPricing(conversionFactors: Self.conversionFactors(of: terms), directions: directions(of: terms))
  }

  private func directions(of terms: YAMLObject) -> [String: MedicalDirection] {
    var directions: [String: MedicalDirection] = [:]
    let keys = ["modifier", "rate", "base_units", "time"]
    for term in terms.objects("modifiers", named: "a modifier of anesthesia", keys: keys) {
      let (modifier, rate) = (term.require("modifier", .modifier), term.require("rate", .percentage))
      let (units, countsTime) = (term.value("base_units", .baseUnits), term.value("time", .flag) ?? true)
      guard let modifier, let rate else { continue }
      let direction = MedicalDirection(rate: rate, baseUnits: units, countsTime: countsTime)
      if directions.updateValue(direction, forKey: modifier) != nil {
        term.note(at: "modifier", "\(modifier) is there twice", advice: "keep one of them")
      }
    }
    return directions
  }

  private func modifiers() -> PricingModifiers? {
    var effects: [String: PricingModifiers.Effect] = [:]
    for term in object.objects("modifiers", named: "a modifier", keys: ["modifier", "rate", "own_fee"]) {
      let modifier = term.require("modifier", .modifier)
      let (rate, hasOwnFee) = (term.value("rate", .percentage), term.value("own_fee", .flag) ?? false)
      guard term.has("rate") != hasOwnFee else {
        term.note("a modifier changes the price in one way", advice: "give rate, or own_fee: true")
        continue
      }
      guard let modifier else { continue }
      if effects.updateValue(rate.map(PricingModifiers.Effect.rate) ?? .ownFee, forKey: modifier) != nil {
        term.note(at: "modifier", "\(modifier) is there twice", advice: "keep one of them")
      }
    }
    return effects.isEmpty ? nil : PricingModifiers(effects: effects)
  }

  private func locality(of terms: YAMLObject) -> PricingLocality? {
    guard !terms.isScalar("locality") else {
      return terms.require("locality", .choice(["national": PricingLocality.national]))
    }
    guard let place = terms.requireObject("locality", keys: ["contractor", "number", "state", "county"]) else {
      return nil
    }
    return place.has("state") ? county(in: place) : numbered(in: place)
  }

  private func county(in place: YAMLObject) -> PricingLocality? {
    let (state, county) = (place.value("state", .text), place.require("county", .text))
    guard let state, let county else { return nil }
    if !tables.localities.contains(where: { $0.locality(state: state, county: county) != nil }) {
      place.note(
        at: "state", "no table of localities has \(county), \(state)",
        advice: "write the state in full, or import the locality county crosswalk of CMS with `claims rules import`")
    }
    return .county(state: state, name: county)
  }

  private func numbered(in place: YAMLObject) -> PricingLocality? {
    let (contractor, number) = (place.require("contractor", .text), place.require("number", .text))
    guard let contractor, let number else { return nil }
    guard let locality = MedicareLocality(contractor: contractor, number: number),
      tables.practiceCosts.contains(where: { $0[locality] != nil })
    else {
      place.note(
        at: "contractor", "no table of practice costs has locality \(contractor)-\(number)",
        advice: "check both numbers, or import the GPCI file of CMS with `claims rules import`")
      return nil
    }
    return .locality(contractor: locality.contractor, number: locality.number)
  }

  private func contracts() -> [FacilityContract] {
    let keys = ["id", "revenue_codes", "bill_types", "per_diem", "percent_of_charge", "included_in_per_diem"]
    return object.objects("contracts", named: "a contract", keys: keys).compactMap(contract)
  }

  private func contract(_ term: YAMLObject) -> FacilityContract? {
    let perDiem = term.value("per_diem", .amount).map(FacilityContract.Rate.perDiem)
    let percent = term.value("percent_of_charge", .percentage).map(FacilityContract.Rate.percentOfCharge)
    let isIncluded = term.value("included_in_per_diem", .flag) ?? false
    let (id, revenueCodes) = (term.require("id", .text), term.values("revenue_codes", .codePattern))
    let billTypes = term.values("bill_types", .codePattern)
    let ways = [term.has("per_diem"), term.has("percent_of_charge"), isIncluded].count { $0 }
    if ways != 1 {
      term.note(
        "a contract pays in one way", advice: "give one of per_diem, percent_of_charge and included_in_per_diem: true")
    }
    if !term.isFilled("revenue_codes"), !term.isFilled("bill_types") {
      term.note("a contract for every line", advice: "name revenue_codes, bill_types, or both")
    }
    guard let id, let rate = perDiem ?? percent ?? (isIncluded ? .includedInPerDiem : nil) else { return nil }
    return FacilityContract(id: id, revenueCodes: revenueCodes, billTypes: billTypes, rate: rate)
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
  func rates() -> PaymentRuleRates? {
    guard let rates = written() else { return nil }
    if tables.relativeValues.isEmpty {
      plan.note(
        at: "payment_rules", "no table says which rules a code is under",
        advice: "import the RVU file of CMS with `claims rules import`")
    }
    return rates
  }

  private func written() -> PaymentRuleRates? {
    if plan.isScalar("payment_rules") {
      return plan.require("payment_rules", .choice(["medicare": PaymentRuleRates.medicare]))
    }
    guard let object = plan.object("payment_rules", keys: Self.keys) else { return nil }
    let medicare = PaymentRuleRates.medicare
    let ranks = object.values("multiple_procedures", .percentage)
    return PaymentRuleRates(
      bilateral: object.value("bilateral", .bilateral) ?? medicare.bilateral,
      multipleProcedures: ranks.isEmpty ? medicare.multipleProcedures : ranks,
      assistant: object.value("assistant", .percentage) ?? medicare.assistant,
      nonPhysicianAssistant: object.value("non_physician_assistant", .percentage) ?? medicare.nonPhysicianAssistant,
      coSurgeon: object.value("co_surgeon", .percentage) ?? medicare.coSurgeon)
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
  func promptPay() -> PromptPay? {
    guard let object = plan.object("prompt_pay", keys: ["days", "year", "rates"]) else { return nil }
    var rates: [PromptPayRate] = []
    for rate in object.objects("rates", named: "a rate", keys: ["from", "annual"]) {
      let (day, percent) = (rate.require("from", .date), rate.require("annual", .annualRate))
      if let day, let percent { rates.append(PromptPayRate(from: day, percent: percent)) }
    }
    if !object.isFilled("rates") {
      object.note("prompt_pay has no rates", advice: "give each a day and a percentage: {from, annual}")
    }
    if Set(rates.map(\.from)).count != rates.count {
      object.note(at: "rates", "two rates of prompt_pay begin on the same day")
    }
    let year = object.value("year", .choice(of: YearLength.self)) ?? .calendar
    return object.require("days", .days).map { PromptPay(days: $0, yearLength: year, rates: rates) }
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
