/// The benefits that a plan pays: versioned data, read from a plan file. Amounts are per plan year.
package struct BenefitPlan: Hashable, Sendable, Codable {
  package var id: PlanID
  package var name: String
  package var version: String
  package var deductible: FamilyLimit
  package var outOfPocketMaximum: FamilyLimit
  /// The member's share of what remains after deductible and copay.
  package var coinsurance: BasisPoints
  /// The first rule that matches a line applies. A line that matches none has no copay and is subject to the
  /// deductible.
  package var benefits: [BenefitRule]
  /// Whether a copay is taken before or after the deductible on lines that owe both.
  package var costShareOrder: CostShareOrder
  /// The number of days after the last date of service within which a claim must arrive (CO-29 after that).
  package var timelyFilingDays: Int
  /// A limit in calendar years that replaces the days; nil when days apply.
  package var timelyFilingYears: Int?
  package var pricing: Pricing
  /// Nil when every provider counts as in-network.
  package var outOfNetwork: OutOfNetworkTerms?
  /// Nil when claims that another payer pays before us wait for a person.
  package var coordinationOfBenefits: CoordinationOfBenefits?
  /// The code edits; each needs a table in the ruleset.
  package var edits: Set<CodeEdit> = []
  /// Services that require an authorization before they are given (CO-197 without one).
  package var authorizationRequired: [ServiceMatch] = []
  /// The rates for several procedures on one day; nil prices each line by itself.
  package var paymentRules: PaymentRuleRates?
  /// Whether the federal sequestration reduction is taken from what is paid (CO-253).
  package var hasSequestration = false
  /// The interest terms for late payment; nil when a late payment bears no interest.
  package var promptPay: PromptPay?
  /// Nil when a near duplicate is decided like any other claim.
  package var nearDuplicates: NearDuplicates?

  package init(
    id: PlanID, name: String, version: String, deductible: FamilyLimit, outOfPocketMaximum: FamilyLimit,
    coinsurance: BasisPoints, benefits: [BenefitRule], costShareOrder: CostShareOrder, timelyFilingDays: Int,
    pricing: Pricing, outOfNetwork: OutOfNetworkTerms? = nil,
    coordinationOfBenefits: CoordinationOfBenefits? = nil
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.deductible = deductible
    self.outOfPocketMaximum = outOfPocketMaximum
    self.coinsurance = coinsurance
    self.benefits = benefits
    self.costShareOrder = costShareOrder
    self.timelyFilingDays = timelyFilingDays
    self.pricing = pricing
    self.outOfNetwork = outOfNetwork
    self.coordinationOfBenefits = coordinationOfBenefits
  }

  /// The first rule that matches; nil leaves the line to the plan's own deductible and coinsurance.
  package func benefit(for line: ServiceLine) -> BenefitRule? {
    benefits.first { $0.applies.matches(line) }
  }

  /// Whether other claims for the same day must be considered.
  package var editsCareDays: Bool { edits.contains(where: \.looksAtCareDay) }

  /// Whether the plan prices anesthesia, which is paid once per patient and day.
  package var pricesAnesthesia: Bool { pricing.anesthesia != nil || outOfNetwork?.pricing.anesthesia != nil }

  /// Whether a line is matched by its `AnesthesiaShare`.
  package func sharesAnesthesia(of line: ServiceLine) -> Bool { pricesAnesthesia && AnesthesiaShare.isAnesthesia(line) }

  /// A modifier that has both a pricing rate and a payment rule; nil when there is none.
  package var twicePriced: String? {
    let ruled: Set<String> = ["50", "62", "66", "80", "81", "82", "AS"]
    return [pricing, outOfNetwork?.pricing].compactMap { $0?.modifiers?.effects }
      .flatMap { $0.filter { ruled.contains($0.key) && $0.value != .ownFee }.keys }.min()
  }

  package var hasLimits: Bool { benefits.contains { $0.limit != nil } }

  /// The year whose deductible and maximum a service counts toward: the calendar year of its date.
  package func planYear(of day: CalendarDate) -> Int { day.year }

  enum CodingKeys: String, CodingKey {
    case id, name, version, deductible, coinsurance, benefits, pricing
    case outOfPocketMaximum = "out_of_pocket_maximum"
    case costShareOrder = "cost_share_order"
    case timelyFilingDays = "timely_filing_days"
    case timelyFilingYears = "timely_filing_years"
    case outOfNetwork = "out_of_network"
    case coordinationOfBenefits = "coordination_of_benefits"
    case edits
    case authorizationRequired = "authorization_required"
    case paymentRules = "payment_rules"
    case hasSequestration = "sequestration"
    case nearDuplicates = "near_duplicates"
    case promptPay = "prompt_pay"
  }
}

/// A limit for each member and one for the family as a whole.
package struct FamilyLimit: Hashable, Sendable, Codable {
  package var individual: Money
  package var family: Money
  /// Embedded: a member stops at `individual` even if the family has not met `family`.
  /// Aggregate: only `family` counts once the plan covers more than one person.
  package var isEmbedded: Bool

  package init(individual: Money, family: Money, isEmbedded: Bool = true) {
    self.individual = individual
    self.family = family
    self.isEmbedded = isEmbedded
  }

  /// The amount that a member can still owe. Never negative: if a plan lowers its limit during the year, the member
  /// owes nothing more and gets nothing back.
  ///
  /// - Throws: `MoneyError.overflow` when the totals overflow 64 bits.
  package func left(coversFamily: Bool, member: Money, family spent: Money) throws(MoneyError) -> Money {
    guard coversFamily else { return max(.zero, try individual - member) }
    let familyLeft = max(.zero, try family - spent)
    return isEmbedded ? min(familyLeft, max(.zero, try individual - member)) : familyLeft
  }

  enum CodingKeys: String, CodingKey {
    case individual, family
    case isEmbedded = "embedded"
  }
}

/// The order of deductible and copay. With `deductible-first`, the copay is taken from what the deductible leaves; with
/// `copay-first`, the reverse.
package enum CostShareOrder: String, Sendable, Codable, CaseIterable {
  case deductibleFirst = "deductible-first"
  case copayFirst = "copay-first"

  /// The shares in order. Each share is taken from what the previous one left; coinsurance is a share of the rest.
  package var shares: [CostShareKind] {
    switch self {
    case .deductibleFirst: [.deductible, .copay, .coinsurance]
    case .copayFirst: [.copay, .deductible, .coinsurance]
    }
  }
}

/// The three ways a member shares in the cost of covered care (45 CFR 156.20, "cost-sharing").
package enum CostShareKind: Sendable, CaseIterable {
  case deductible
  case copay
  case coinsurance

  /// The code of the share, under group PR.
  package var reason: ReasonCode {
    switch self {
    case .deductible: .deductible
    case .copay: .copay
    case .coinsurance: .coinsurance
    }
  }
}

/// What a plan does about care with the same day and code as care already allowed on another claim, but not the same in
/// every part.
package enum NearDuplicates: String, Sendable, Codable, CaseIterable {
  /// The claim waits for a person.
  case suspend
}
