package import ClaimsDomain

/// What an adjustment code means to a member. The codes are X12's; every sentence here is our own.
package struct PlainWords {
  /// A name of two or three words.
  package let title: String
  /// Why the amount is not paid, and who bears it.
  package let text: String
  /// What the member can do about it; nil when there is nothing to do.
  let advice: String?

  package init(_ group: AdjustmentGroup, _ reason: String, remark: String? = nil) {
    let code = ReasonCode(rawValue: reason)
    let isBalanceBilled = group == .patientResponsibility && code == .aboveAllowed
    let words = isBalanceBilled ? .balanceBilling : code?.words ?? .unknown(reason)
    let isCostShare = group == .patientResponsibility && code?.isCostShare == true
    let sentences = [
      words.because, remark.flatMap(RemarkCode.init)?.words,
      // The words for a deductible, coinsurance, or copay already say who pays.
      isCostShare ? nil : Self.bearer(group),
    ]
    title = words.title
    text = sentences.compactMap(\.self).joined(separator: " ")
    advice = words.advice
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

extension ReasonCode.Words {
  /// The meaning of an unlisted code. It does not guess: it names the code and where to ask.
  fileprivate static func unknown(_ reason: String) -> ReasonCode.Words {
    ReasonCode.Words(
      "Adjustment \(reason)", "The claim was adjusted for the reason that this code stands for.",
      advice: "Call us, name the code, and we will explain it.")
  }

  /// Reason 45 in group PR: the amount that a network provider would write off.
  fileprivate static let balanceBilling = ReasonCode.Words(
    "Above the allowed amount",
    "Your provider is not in the plan's network and charged more than the most the plan allows. It counts neither to "
      + "your deductible nor to your out-of-pocket maximum.",
    advice: "A provider of the network may not bill you for more than the plan allows.")
}

/// What a rule did, in words for people.
package struct PlainRule {
  package let title: String
  /// All inputs of the rule, for examiners: `schedule standard, fee $125.00, units 1`; empty when it has none.
  package let inputs: String
  /// The inputs that mean something to a member: `fee $125.00, units 1`. The names of schedules, benefits and tables, and
  /// their indicators, are ours and are left out.
  let figures: String

  package init(_ explanation: RuleExplanation) {
    title = explanation.rule.title
    inputs = Self.list(explanation.inputs)
    figures = Self.list(explanation.inputs.filter { Self.amounts.contains($0.name) || Self.counts.contains($0.name) })
  }

  private static func list(_ inputs: [RuleInput]) -> String {
    inputs.map { "\($0.name) \(value(of: $0))" }.joined(separator: ", ")
  }

  /// The names of the inputs that are no amounts and that a member can follow.
  private static let counts: Set<String> = [
    "units", "rate", "minutes", "days", "covered days", "date of service", "coverage begins", "coverage ended",
    "limit in days", "limit in years", "visits used", "visits a year",
  ]

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
