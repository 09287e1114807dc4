import ClaimsDomain

/// What an adjustment code means to a member. The codes are X12's; every sentence here is our own.
struct PlainWords {
  /// Two or three words to call it by.
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
