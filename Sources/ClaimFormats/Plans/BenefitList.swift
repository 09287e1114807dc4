import ClaimsDomain

/// The `benefits` section of a plan file, in the order in which the benefits are tried.
struct BenefitList {
  let plan: YAMLObject

  private static let keys = [
    "id", "applies", "copay", "copay_per", "coinsurance", "waives_deductible", "covered", "limit",
    "protected_from_balance_billing",
  ]
  private static let copayPers: [String: BenefitRule.CopayPer?] = ["claim": nil, "provider-and-day": .providerAndDay]
  private static let matchKeys = ["procedures", "revenue_codes", "places_of_service"]

  func rules() -> [BenefitRule] {
    var ids: Set<String> = []
    return plan.objects("benefits", named: "a benefit", keys: Self.keys).compactMap { object in
      let rule = rule(object)
      if let rule, !ids.insert(rule.id).inserted {
        object.note(at: "id", "benefit \"\(rule.id)\" is there twice", advice: "explanations name benefits by id")
      }
      return rule
    }
  }

  private func rule(_ object: YAMLObject) -> BenefitRule? {
    let id = object.require("id", .text)
    let applies = object.requireObject("applies", keys: Self.matchKeys).flatMap { match($0) }
    let copay = object.value("copay", .amount) ?? .zero
    let copayPer = object.value("copay_per", .choice(Self.copayPers)) ?? nil
    let waivesDeductible = object.value("waives_deductible", .flag) ?? false
    let coinsurance = object.value("coinsurance", .percentage)
    let isCovered = object.value("covered", .flag) ?? true
    let limit = limit(of: object)
    let isProtected = object.value("protected_from_balance_billing", .flag) ?? false
    guard let id, let applies else { return nil }
    let rule = BenefitRule(
      id: id, applies: applies, copay: copay, copayPer: copayPer, waivesDeductible: waivesDeductible,
      coinsurance: coinsurance, isCovered: isCovered, limit: limit, isProtectedFromBalanceBilling: isProtected)
    check(rule, object)
    return rule
  }

  private func check(_ rule: BenefitRule, _ object: YAMLObject) {
    let sharesCost =
      rule.copay != .zero || rule.waivesDeductible || rule.coinsurance != nil || rule.limit != nil
    if rule.copayPer != nil, rule.copay == .zero {
      object.note(
        at: "copay_per", "benefit \"\(rule.id)\" has no copay", advice: "give copay, or leave copay_per out")
    }
    if !rule.isCovered, sharesCost {
      object.note(at: "covered", "benefit \"\(rule.id)\" is not covered, yet shares its cost")
    }
  }

  private func limit(of benefit: YAMLObject) -> BenefitLimit? {
    guard let object = benefit.object("limit", keys: ["visits", "amount"]) else { return nil }
    let limit = BenefitLimit(visits: object.value("visits", .visits), amount: object.value("amount", .amount))
    if !object.has("visits"), !object.has("amount") {
      object.note("limit limits nothing", advice: "give visits, amount, or both")
    }
    return limit
  }

  /// The services in `authorization_required`. A service that matches any of them requires authorization.
  func authorizationRequired() -> [ServiceMatch] {
    plan.objects("authorization_required", named: "a service", keys: Self.matchKeys)
      .compactMap { match($0, named: "a service") }
  }

  private func match(_ applies: YAMLObject, named name: String = "applies") -> ServiceMatch? {
    let match = ServiceMatch(
      procedures: applies.values("procedures", .codePattern),
      revenueCodes: applies.values("revenue_codes", .codePattern),
      placesOfService: applies.values("places_of_service", .codePattern))
    if match == ServiceMatch(), !Self.matchKeys.contains(where: applies.isFilled) {
      applies.note("\(name) matches every line", advice: "name procedures, revenue_codes or places_of_service")
    }
    return match
  }
}

// Terms that a plan file writes the same way for care in and out of the network.
extension YAMLObject {
  func familyLimit(_ key: String) -> FamilyLimit? {
    guard let object = requireObject(key, keys: ["individual", "family", "embedded"]) else { return nil }
    let (individual, family) = (object.require("individual", .amount), object.require("family", .amount))
    guard let isEmbedded = object.require("embedded", .flag), let individual, let family else { return nil }
    if individual > family {
      object.note(at: "family", "\(key): the family's limit is below that of one member")
    }
    return FamilyLimit(individual: individual, family: family, isEmbedded: isEmbedded)
  }

  /// The limits in the keys `deductible` and `out_of_pocket_maximum`.
  func yearlyLimits() -> (deductible: FamilyLimit, maximum: FamilyLimit)? {
    let deductible = familyLimit("deductible")
    guard let maximum = familyLimit("out_of_pocket_maximum"), let deductible else { return nil }
    if deductible.individual > maximum.individual || deductible.family > maximum.family {
      note(
        at: "deductible", "the deductible is above the out-of-pocket maximum", advice: "a deductible counts to it")
    }
    return (deductible, maximum)
  }
}
