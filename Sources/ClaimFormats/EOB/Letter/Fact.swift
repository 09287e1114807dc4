import ClaimsDomain

/// A labeled value, such as the patient, the provider, or the date of care.
struct Fact {
  let label: String
  let value: String

  /// The facts about the notice itself.
  static func ofNotice(_ eob: ExplanationOfBenefits) -> [Fact] {
    let optional: [Fact?] = [
      Fact("This notice", eob.id.text),
      Fact("Date", eob.issued.written),
      Fact("Member number", masked(eob.claim.subscriber.memberID)),
      eob.planName.map { Fact("Plan", $0) },
      eob.groupNumber.map { Fact("Group number", $0) },
    ]
    return optional.compactMap(\.self)
  }

  /// The facts about the care and its claim.
  static func ofCare(_ eob: ExplanationOfBenefits) -> [Fact] {
    let claim = eob.claim
    let billing = claim.billingProvider.name
    let treating = claim.treatingProvider.name
    let optional: [Fact?] = [
      Fact("Patient", claim.patientName),
      Fact("Claim", eob.claimIntakeID.text),
      Fact("Provider", treating),
      Fact("Provider's number", claim.claimNumber.text),
      treating == billing ? nil : Fact("Billed by", billing),
      claim.daysOfCare.map { Fact("Date of care", $0.written) },
      payment(eob.payment).map { Fact("Paid to provider", $0) },
    ]
    return optional.compactMap(\.self)
  }

  private init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }

  private static func payment(_ payment: ExplanationOfBenefits.ProviderPayment) -> String? {
    guard payment.amount != .zero else { return nil }
    return payment.amount.dollars + (payment.reference.map { ", reference \($0)" } ?? "")
  }

  /// Shows only the last four characters, because a letter may lie open on a table; they are enough to tell whose it
  /// is. Shows none when they would be the whole number.
  private static func masked(_ id: MemberID) -> String {
    let shown = id.text.count > 4 ? id.text.suffix(4) : ""
    return "****\(shown)"
  }
}

extension SubmittedClaim {
  var patientName: String {
    switch patient {
    case .subscriber: subscriber.name.full
    case .dependent(let dependent): dependent.name.full
    }
  }

  var treatingProvider: Provider { renderingProvider ?? billingProvider }

  var daysOfCare: DateRange? {
    guard let first = dateOfService, let last = lastDateOfService else { return nil }
    return DateRange(first, through: last)
  }
}
