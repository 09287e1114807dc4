import ClaimsDomain

/// What a rule did, for people: its id stays beside it, for the examiner.
struct PlainRule {
  let title: String
  /// What the rule looked at: `fee $125.00, units 1`. Empty when it looked at nothing.
  let inputs: String

  init(_ explanation: RuleExplanation) {
    title = Self.titles[explanation.rule] ?? "By the plan's rule"
    inputs = explanation.inputs.map { "\($0.name) \(Self.value(of: $0))" }.joined(separator: ", ")
  }

  private static let titles: [String: String] = [
    "price.fee-schedule": "Price by the plan's fee schedule",
    "price.percent-of-charge": "Price as a percentage of the charge",
    "price.not-listed": "No price in the plan's fee schedule",
    "cost-share.deductible": "What is left of the deductible comes first",
    "cost-share.copay": "Fixed amount for the visit",
    "cost-share.coinsurance": "Percentage of what is left",
    "coverage.member-unknown": "Looked for the patient among our members",
    "coverage.not-yet-effective": "Compared the day with the start of coverage",
    "coverage.terminated": "Compared the day with the end of coverage",
    "timely-filing": "Counted the days until the claim came",
    "duplicate.other-claim": "Same service found on another claim",
    "duplicate.same-claim": "Same service found earlier on this claim",
    "benefit.not-covered": "Left out of the plan's benefits",
    "benefit.visit-limit": "Counted the visits of the year",
    "benefit.amount-limit": "Added up what the plan has paid this year",
    "price.no-charge": "Nothing was charged for it",
    "person.denied": "Decided by one of our examiners",
    "claim.void": "Taken back by the provider",
    "sequestration": "Percentage that federal law takes off the payment",
    "surgery.surgeon": "Share of the price for this surgeon",
    "surgery.assistant": "Share of the price for an assistant in surgery",
    "surgery.co-surgeon": "Share of the price for two surgeons together",
    "surgery.team": "Price for surgery by a team",
    "surgery.bilateral": "Price for both sides of the body",
    "surgery.multiple": "Lower price for a further procedure of the same day",
    "surgery.endoscopy": "Lower price for a further procedure through the same scope",
    "diagnosis.missing": "Looked for a diagnosis on the claim",
    "diagnosis.not-billable": "Looked up the diagnosis code",
    "diagnosis.not-on-the-day": "Looked up the diagnosis code for the day of service",
    "mpfs.bundled": "Looked up what the fee schedule pays by itself",
    "mpfs.component": "Looked up which parts of the service have a price",
    "ncci.add-on": "Looked for the service that this one adds to",
    "ncci.mue": "Compared the units with the most for one day",
    "ncci.ptp": "Looked up which services are not billed together",
    "coordination.standard": "What your other plan left to you, up to our benefit",
    "coordination.basic": "What your other plan left of our price, up to our benefit",
    "coordination.carve-out": "Our benefit less what your other plan paid",
    "coordination.medicare-secondary": "What Medicare pays after your other plan",
    "price.physician-fee-schedule": "Price by Medicare's schedule of physician fees",
    "contract.per-diem": "Price by the day",
    "contract.percent-of-charge": "Price as a percentage of the charge",
    "contract.included-in-per-diem": "Within the price by the day",
    "authorization.missing": "Looked for the plan's approval on the claim",
    "place-of-service.unknown": "Looked for the place in the national list",
  ]

  /// Inputs that are amounts. A name that is missing here shows its amount without the dollar sign, no worse.
  private static let amounts: Set<String> = [
    "charge", "copay", "fee", "of", "deductible left", "left for the visit", "before the maximum",
    "out-of-pocket maximum left", "limit a year", "limit left", "plan would pay", "plan alone would pay",
    "other payers paid", "they left to the member", "before other payers", "per diem", "fee of the base",
  ]

  private static func value(of input: RuleInput) -> String {
    if amounts.contains(input.name), let amount = try? Money(parsing: input.value) { return amount.dollars }
    if input.value.utf8.count == 10, let day = CalendarDate(parsing: input.value) { return day.written }
    return input.value
  }
}
