import ClaimsDomain

/// What an adjustment code means to a member. The codes are X12's; every sentence here is our own.
struct PlainWords {
  /// A name of two or three words.
  let title: String
  /// Why the amount is not paid, and who bears it.
  let text: String
  /// What the member can do about it; nil when there is nothing to do.
  let advice: String?

  init(_ group: AdjustmentGroup, _ reason: String, remark: String? = nil) {
    let isBalanceBilled = group == .patientResponsibility && reason == "45"
    let meaning = isBalanceBilled ? .balanceBilling : ReasonMeaning.all[reason] ?? .unknown(reason)
    let sentences = [
      meaning.because, remark.flatMap { RemarkMeaning.all[$0] },
      meaning.isCostShare && group == .patientResponsibility ? nil : Self.bearer(group),
    ]
    title = meaning.title
    text = sentences.compactMap(\.self).joined(separator: " ")
    advice = meaning.advice
  }

  private static func bearer(_ group: AdjustmentGroup) -> String {
    switch group {
    case .contractual: "You do not owe it: your provider may not bill you for this amount."
    case .patientResponsibility: "Your provider may bill you for this amount."
    case .other: "It is not counted in what you may owe."
    case .payerInitiated: "It is not counted in what you may owe. Your provider may ask us about it."
    }
  }
}

/// What a rule did, in words for members. The letter also shows the rule's id, for examiners.
struct PlainRule {
  let title: String
  /// The inputs of the rule, `fee $125.00, units 1`; empty when it has none.
  let inputs: String

  init(_ explanation: RuleExplanation) {
    title = explanation.rule.title
    inputs = explanation.inputs.map { "\($0.name) \(Self.value(of: $0))" }.joined(separator: ", ")
  }

  /// The names of the inputs that are amounts. An amount whose name is missing here merely lacks its dollar sign.
  private static let amounts: Set<String> = [
    "charge", "copay", "fee", "of", "deductible left", "left for the visit", "before the maximum",
    "out-of-pocket maximum left", "limit a year", "limit left", "plan would pay", "plan alone would pay",
    "other payers paid", "accepted in full", "they left to the member", "before other payers", "per diem",
    "fee of the base",
  ]

  private static func value(of input: RuleInput) -> String {
    if amounts.contains(input.name), let amount = try? Money(parsing: input.value) { return amount.dollars }
    if input.value.utf8.count == 10, let day = CalendarDate(parsing: input.value) { return day.written }
    return input.value
  }
}

extension RuleID {
  /// A description for members.
  var title: String {
    switch self {
    case .priceAnesthesia: "Price by the units and minutes of the anesthesia"
    case .anesthesiaDirection: "Looked for who gave the anesthesia"
    case .priceFeeSchedule: "Price by the plan's fee schedule"
    case .pricePercentOfCharge: "Price as a percentage of the charge"
    case .priceNotListed: "No price in the plan's fee schedule"
    case .deductible: "What is left of the deductible comes first"
    case .copay: "Fixed amount for the visit"
    case .coinsurance: "Percentage of what is left"
    case .coverageMemberUnknown: "Looked for the patient among our members"
    case .coverageNotYetEffective: "Compared the day with the start of coverage"
    case .coverageTerminated: "Compared the day with the end of coverage"
    case .timelyFiling: "Counted the days until the claim came"
    case .duplicateOtherClaim: "Same service found on another claim"
    case .duplicateSameClaim: "Same service found earlier on this claim"
    case .notCovered: "Left out of the plan's benefits"
    case .visitLimit: "Counted the visits of the year"
    case .amountLimit: "Added up what the plan has paid this year"
    case .priceNoCharge: "Nothing was charged for it"
    case .deniedByPerson: "Decided by one of our examiners"
    case .claimVoid: "Taken back by the provider"
    case .encounter: "Reported by the provider, and not billed"
    case .testData: "Sent as a test"
    case .nonCovered: "Told by the provider as not covered"
    case .pricedByPerson: "Price set by one of our examiners"
    case .sequestration: "Percentage that federal law takes off the payment"
    case .surgerySurgeon: "Share of the price for this surgeon"
    case .surgeryAssistant: "Share of the price for an assistant in surgery"
    case .surgeryCoSurgeon: "Share of the price for two surgeons together"
    case .surgeryTeam: "Price for surgery by a team"
    case .surgeryBilateral: "Price for both sides of the body"
    case .surgeryMultiple: "Lower price for a further procedure of the same day"
    case .surgeryEndoscopy: "Lower price for a further procedure through the same scope"
    case .diagnosisMissing: "Looked for a diagnosis on the claim"
    case .diagnosisNotBillable: "Looked up the diagnosis code"
    case .diagnosisNotOnTheDay: "Looked up the diagnosis code for the day of service"
    case .mpfsBundled: "Looked up what the fee schedule pays by itself"
    case .mpfsComponent: "Looked up which parts of the service have a price"
    case .addOn: "Looked for the service that this one adds to"
    case .unitsOfDay: "Compared the units with the most for one day"
    case .procedurePair: "Looked up which services are not billed together"
    case .coordinationStandard: "What your other plan left to you, up to our benefit"
    case .coordinationBasic: "What your other plan left of our price, up to our benefit"
    case .coordinationCarveOut: "Our benefit less what your other plan paid"
    case .coordinationMedicareSecondary: "What Medicare pays after your other plan"
    case .pricePhysicianFeeSchedule: "Price by Medicare's schedule of physician fees"
    case .contractPerDiem: "Price by the day"
    case .contractPercentOfCharge: "Price as a percentage of the charge"
    case .includedInPerDiem: "Within the price by the day"
    case .authorizationMissing: "Looked for the plan's approval on the claim"
    case .placeOfServiceUnknown: "Looked for the place in the national list"
    }
  }
}

extension CalendarDate {
  /// The date as a letter writes it: `March 9, 2026`.
  var written: String { "\(monthName) \(day), \(year)" }

  /// The date as a table writes it: `Mar 9, 2026`.
  var abbreviated: String { "\(monthName.prefix(3)) \(day), \(year)" }

  private var monthName: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return names[month - 1]
  }
}

extension DateRange {
  /// A single day, or a range such as `March 9, 2026 to March 11, 2026`.
  var written: String { first == last ? first.written : "\(first.written) to \(last.written)" }

  var abbreviated: String { first == last ? first.abbreviated : "\(first.abbreviated) to \(last.abbreviated)" }
}
