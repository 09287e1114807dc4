import ClaimsDomain

/// What a reader who reads no further has to know.
struct Summary {
  let occasion: String
  let headline: String
  let lead: String

  init(_ eob: ExplanationOfBenefits, _ whole: ChargeBreakdown) {
    let claim = eob.claim
    occasion = [claim.patientName, claim.treatingProvider.name, claim.daysOfCare?.written].compactMap(\.self)
      .joined(separator: " \u{B7} ")
    let biller = claim.billingProvider.name
    let owed = whole.yourShare.dollars
    let waits =
      "Pay nothing on this notice: wait for a bill from \(biller) and compare it with this amount. "
      + "What you paid at the visit counts toward it."
    let owesNothing = "If \(biller) sends you a bill for this care, call us before you pay it."
    switch eob.outcome {
    case .paid where whole.yourShare == .zero:
      headline = "You owe nothing."
      lead = Self.sentences(Self.paid(whole), Self.unpaidServices(eob.decision), owesNothing)
    case .paid:
      headline = "You may owe \(owed)."
      lead = Self.sentences(Self.paid(whole), Self.unpaidServices(eob.decision), waits)
    case .memberOwesAll:
      headline = "You may owe \(owed)."
      let allYours =
        "Your plan paid nothing this time, because all that was left of the \(whole.billed.dollars) is your share."
      lead = Self.sentences(allYours, Self.unpaidServices(eob.decision), waits)
    case .nothingDue:
      headline = "You owe nothing."
      lead = Self.sentences("No payment was due on this claim.", owesNothing)
    case .denied where whole.yourShare == .zero:
      headline = "Your plan did not pay. You owe nothing."
      lead = Self.sentences("The reason is below.", owesNothing)
    case .denied:
      headline = "Your plan did not pay. You may owe \(owed)."
      lead = "The reason, and what you can do about it, is below. \(waits)"
    }
  }

  private static func paid(_ whole: ChargeBreakdown) -> String {
    let paid = "Your plan paid \(whole.planPaid.dollars) of the \(whole.billed.dollars) that was billed"
    let discount = whole[.discount]
    return discount == .zero ? "\(paid)." : "\(paid), and its discount took off \(discount.dollars)."
  }

  private static func unpaidServices(_ decision: Decision) -> String {
    switch decision.lines.count(where: \.isDenied) {
    case 0: ""
    case 1: "One service was not paid; the reason is below."
    case let count: "\(count) services were not paid; the reasons are below."
    }
  }

  private static func sentences(_ sentences: String...) -> String {
    sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
