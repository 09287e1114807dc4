/// The meaning of an adjustment reason code (CARC), whatever group it comes with.
struct ReasonMeaning {
  let title: String
  let because: String
  let advice: String?
  /// True for deductible, coinsurance and copay, whose explanation already says who pays.
  let isCostShare: Bool

  private init(_ title: String, _ because: String, advice: String? = nil, isCostShare: Bool = false) {
    self.title = title
    self.because = because
    self.advice = advice
    self.isCostShare = isCostShare
  }

  /// The meaning of an unlisted code. It does not guess: it names the code and where to ask.
  static func unknown(_ reason: String) -> ReasonMeaning {
    ReasonMeaning(
      "Adjustment \(reason)", "The claim was adjusted for the reason that this code stands for.",
      advice: "Call us, name the code, and we will explain it.")
  }

  /// Reason 45 in group PR: the amount that a network provider would write off.
  static let balanceBilling = ReasonMeaning(
    "Above the allowed amount",
    "Your provider is not in the plan's network and charged more than the most the plan allows. It counts neither to "
      + "your deductible nor to your out-of-pocket maximum.",
    advice: "A provider of the network may not bill you for more than the plan allows.")

  static let all = costShares.merging(prices) { first, _ in first }
    .merging(coverage) { first, _ in first }
    .merging(claims) { first, _ in first }
    .merging(services) { first, _ in first }

  private static let costShares: [String: ReasonMeaning] = [
    "1": ReasonMeaning(
      "Deductible", "You pay this part yourself until your deductible for the year is met.", isCostShare: true),
    "2": ReasonMeaning(
      "Coinsurance", "This is your percentage of the price. The plan pays the rest.", isCostShare: true),
    "3": ReasonMeaning("Copay", "This is the fixed amount you pay for this kind of service.", isCostShare: true),
  ]

  private static let prices: [String: ReasonMeaning] = [
    "45": ReasonMeaning("Plan discount", "Your provider charged more than the price this plan has for the service."),
    "59": ReasonMeaning(
      "Several procedures", "When several procedures are done together, the second and later ones have a lower price."),
    "253": ReasonMeaning("Federal reduction", "Federal law lowers this payment by a small percentage."),
    "22": ReasonMeaning(
      "Another plan first", "Another health plan may have to decide on this care before we do.",
      advice: "Ask your provider to bill your other plan first and then to send us its answer."),
    "23": ReasonMeaning("Other insurance", "Your other health plan has already taken care of this part."),
  ]

  private static let coverage: [String: ReasonMeaning] = [
    "26": ReasonMeaning(
      "Before coverage began", "The service took place before your coverage with this plan began.",
      advice: "If you had other coverage on that day, give its details to your provider. "
        + "If the day your coverage began is wrong in our records, call us."),
    "27": ReasonMeaning(
      "After coverage ended", "The service took place after your coverage with this plan had ended.",
      advice: "If you had other coverage on that day, give its details to your provider. "
        + "If the day your coverage ended is wrong in our records, call us."),
    "31": ReasonMeaning(
      "Patient not found", "We could not find the patient on this claim among the people we cover.",
      advice: "Check that your provider has the member number, name and birth date as they stand on your card, and ask "
        + "for the claim to be sent again."),
    "96": ReasonMeaning(
      "Not a covered service", "Your plan does not pay for this service.",
      advice: "If you think your plan should cover it, you can ask us to look again."),
    "109": ReasonMeaning(
      "Another plan's claim", "This claim belongs to another health plan.",
      advice: "Ask your provider to send it to the plan on your current card."),
    "119": ReasonMeaning(
      "Benefit limit reached", "Your plan pays for only so much of this service in a period, and that much is used up.",
      advice: "Your benefit booklet says when the limit starts anew. If our count looks wrong to you, ask us to check."),
    "204": ReasonMeaning(
      "Not in your plan", "The benefits of your plan do not include this service.",
      advice: "If you think they should, you can ask us to look again."),
  ]

  private static let claims: [String: ReasonMeaning] = [
    "16": ReasonMeaning(
      "Information missing", "Something that we need to decide on this service was missing or did not fit together.",
      advice: "Ask your provider to correct the claim and to send it again."),
    "18": ReasonMeaning(
      "Received twice", "We have already decided on this very service, so it is not decided again.",
      advice: "Look for our earlier notice for the same date. If you did have the service twice, ask your provider to "
        + "say so on a corrected claim."),
    "29": ReasonMeaning(
      "Sent too late", "The claim came to us after the time your plan gives providers to send one.",
      advice: "There is nothing you need to do. If you are billed for it all the same, send your provider a copy of "
        + "this notice."),
    "197": ReasonMeaning(
      "No approval on file", "This service needs the plan's approval beforehand, and we found none.",
      advice: "Ask your provider whether approval was given. If it was, the claim can be sent again with its number."),
    "252": ReasonMeaning(
      "Records needed", "We need papers about this service before we can decide on it.",
      advice: "Ask your provider to send them to us."),
  ]

  private static let services: [String: ReasonMeaning] = [
    "4": ReasonMeaning(
      "Code does not fit", "A code on the claim does not go with what was added to it.",
      advice: "Ask your provider to correct the claim and to send it again."),
    "11": ReasonMeaning(
      "Diagnosis does not fit", "The diagnosis on the claim is not one this service is usually given for.",
      advice: "Ask your provider whether the claim is right, and to send it again if it is not."),
    "54": ReasonMeaning(
      "More surgeons than paid for", "This procedure is not paid for more than one surgeon, or for an assistant."),
    "107": ReasonMeaning(
      "Belongs to another service", "This service only goes with another one, which is not on the claim.",
      advice: "Ask your provider whether the other service was left off, and to send the claim again if it was."),
    "146": ReasonMeaning(
      "Diagnosis not in use", "The diagnosis code was not in use on the day of the service.",
      advice: "Ask your provider to correct the claim and to send it again."),
    "50": ReasonMeaning(
      "Not found necessary", "By the plan's medical rules this service was not needed for the condition on the claim.",
      advice: "You and your provider can send us what speaks for it and ask us to look again."),
    "24": ReasonMeaning(
      "Paid otherwise",
      "Your provider reports this service and is paid for it in another way. You owe nothing for it here."),
    "A1": ReasonMeaning(
      "Taken back", "Your provider has asked us to treat this claim as if it had not been sent."),
    "97": ReasonMeaning(
      "Part of another service", "The price of another service you had already includes this one."),
    "151": ReasonMeaning(
      "More than can be paid", "The claim counts this service more often than what we were told about it explains.",
      advice: "If you did have it that often, ask your provider to send us the records."),
    "181": ReasonMeaning(
      "Code not in use", "The service code was not in use on the day of the service.",
      advice: "Ask your provider to correct the claim and to send it again."),
    "236": ReasonMeaning(
      "Not billed together", "By national coding rules this service is not billed next to another one of the same day."),
  ]
}

/// Our own wording for remark codes (RARC) that add to their adjustment code. Any other remark is shown as its code.
enum RemarkMeaning {
  static let all: [String: String] = [
    "N130": "Your benefit booklet lists what is left out.",
    "N448": "It is not on the list of services this plan has a price for.",
    "N362": "The number of units is above the most that is paid for.",
    "M15": "Services billed one by one here have one price together.",
    "M53": "The number of units or days is missing or cannot be right.",
    "M51": "The service code is missing or cannot be right.",
    "M77": "The place of service is missing or cannot be right.",
    "N122": "It is added to a main service that we did not find.",
    "N519": "The service and what was added to its code do not go together.",
    "M76": "The diagnosis is missing or cannot be right.",
    "MA130": "The claim could not be processed as it was sent.",
  ]
}
