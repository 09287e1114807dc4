import ClaimsDomain

/// The `benefits` section of a plan file, in the order in which the benefits are tried.
struct BenefitList {
  let plan: YAMLObject

  private static let keys = [
    "id", "applies", "copay", "copay_per", "coinsurance", "waives_deductible", "covered", "limit",
    "protected_from_balance_billing",
  ]
  private static let matchKeys = ["procedures", "revenue_codes", "places_of_service"]

  func rules() throws(PlanFileError) -> [BenefitRule] {
    var ids: Set<String> = []
    return try plan.objects("benefits", named: "a benefit", keys: Self.keys).map { object throws(PlanFileError) in
      let rule = try rule(object)
      guard ids.insert(rule.id).inserted else {
        throw object.error(
          at: "id", "benefit \"\(rule.id)\" is there twice", advice: "explanations name benefits by id")
      }
      return rule
    }
  }

  private func rule(_ object: YAMLObject) throws(PlanFileError) -> BenefitRule {
    let rule = BenefitRule(
      id: try object.require("id", .text),
      applies: try match(try object.requireObject("applies", keys: Self.matchKeys)),
      copay: try object.value("copay", .amount) ?? .zero,
      copayPer: try object.value("copay_per", .choice(["claim": nil, "provider-and-day": .providerAndDay])) ?? nil,
      waivesDeductible: try object.value("waives_deductible", .flag) ?? false,
      coinsurance: try object.value("coinsurance", .percentage),
      isCovered: try object.value("covered", .flag) ?? true,
      limit: try limit(of: object),
      isProtectedFromBalanceBilling: try object.value("protected_from_balance_billing", .flag) ?? false)
    let sharesCost =
      rule.copay != .zero || rule.waivesDeductible || rule.coinsurance != nil || rule.limit != nil
    guard rule.copayPer == nil || rule.copay != .zero else {
      throw object.error(
        at: "copay_per", "benefit \"\(rule.id)\" has no copay", advice: "give copay, or leave copay_per out")
    }
    guard rule.isCovered || !sharesCost else {
      throw object.error(at: "covered", "benefit \"\(rule.id)\" is not covered, yet shares its cost")
    }
    return rule
  }

  private func limit(of benefit: YAMLObject) throws(PlanFileError) -> BenefitLimit? {
    guard let object = try benefit.object("limit", keys: ["visits", "amount"]) else { return nil }
    let limit = BenefitLimit(
      visits: try object.value("visits", .visits), amount: try object.value("amount", .amount))
    guard limit != BenefitLimit() else {
      throw object.error("limit limits nothing", advice: "give visits, amount, or both")
    }
    return limit
  }

  /// The services in `authorization_required`. A service that matches any of them requires authorization.
  func authorizationRequired() throws(PlanFileError) -> [ServiceMatch] {
    try plan.objects("authorization_required", named: "a service", keys: Self.matchKeys).map {
      object throws(PlanFileError) in try match(object, named: "a service")
    }
  }

  private func match(_ applies: YAMLObject, named name: String = "applies") throws(PlanFileError) -> ServiceMatch {
    let match = ServiceMatch(
      procedures: try applies.values("procedures", .codePattern),
      revenueCodes: try applies.values("revenue_codes", .codePattern),
      placesOfService: try applies.values("places_of_service", .codePattern))
    guard match != ServiceMatch() else {
      throw applies.error("\(name) matches every line", advice: "name procedures, revenue_codes or places_of_service")
    }
    return match
  }
}

// Terms that a plan file writes the same way for care in and out of the network.
extension YAMLObject {
  func familyLimit(_ key: String) throws(PlanFileError) -> FamilyLimit {
    let object = try requireObject(key, keys: ["individual", "family", "embedded"])
    let limit = FamilyLimit(
      individual: try object.require("individual", .amount), family: try object.require("family", .amount),
      isEmbedded: try object.require("embedded", .flag))
    guard limit.individual <= limit.family else {
      throw object.error(at: "family", "\(key): the family's limit is below that of one member")
    }
    return limit
  }

  /// The limits in the keys `deductible` and `out_of_pocket_maximum`.
  func yearlyLimits() throws(PlanFileError) -> (deductible: FamilyLimit, maximum: FamilyLimit) {
    let deductible = try familyLimit("deductible")
    let maximum = try familyLimit("out_of_pocket_maximum")
    guard deductible.individual <= maximum.individual, deductible.family <= maximum.family else {
      throw error(
        at: "deductible", "the deductible is above the out-of-pocket maximum", advice: "a deductible counts to it")
    }
    return (deductible, maximum)
  }
}
