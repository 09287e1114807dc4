import ClaimsDomain

/// The footnotes, numbered in order of first use. Each reason is explained once, however many lines it applies to.
struct NoteBook {
  private(set) var notes: [Note] = []
  private var numbers: [String: Int] = [:]

  /// Returns the number of an adjustment's footnote, after adding the footnote if it is the first of its kind.
  mutating func number(of adjustment: Adjustment) -> Int {
    let codes = Note.codes(of: adjustment)
    if let known = numbers[codes] { return known }
    let number = notes.count + 1
    numbers[codes] = number
    notes.append(Note(number: number, adjustment))
    return number
  }

  func note(of adjustment: Adjustment) -> Note? {
    numbers[Note.codes(of: adjustment)].map { notes[$0 - 1] }
  }
}

/// A footnote that explains the codes of an adjustment in plain words.
struct Note {
  let number: Int
  let title: String
  /// The codes to name in a phone call, such as `CO-96, N130`.
  let codes: String
  let text: String
  let advice: String?

  init(number: Int, _ adjustment: Adjustment) {
    let words = PlainWords(adjustment.group, adjustment.reason, remark: adjustment.remark)
    self.number = number
    title = words.title
    text = words.text
    advice = words.advice
    codes = Self.codes(of: adjustment)
  }

  static func codes(of adjustment: Adjustment) -> String {
    [adjustment.code, adjustment.remark].compactMap(\.self).joined(separator: ", ")
  }
}

/// How one line was calculated: step by step, from the billed amount to the plan's payment.
struct Working {
  let title: String
  let billed: String
  let steps: [Step]
  let planPaid: String
  let yourShare: String

  struct Step {
    let title: String
    let codes: String
    let basis: String
    let rule: String
    let amount: String
  }

  init(of line: LineDecision, named names: ServiceNames) {
    title = "Line \(line.number), \(names.code(of: line))"
    billed = line.charge.dollars
    planPaid = line.paid.dollars
    yourShare = line.memberResponsibility.dollars
    steps = line.adjustments.map { adjustment in
      let rule = PlainRule(adjustment.explanation)
      return Step(
        title: PlainWords(adjustment.group, adjustment.reason).title, codes: Note.codes(of: adjustment),
        basis: rule.inputs.isEmpty ? "\(rule.title)." : "\(rule.title): \(rule.inputs).",
        rule: adjustment.explanation.rule.rawValue, amount: adjustment.amount.dollars)
    }
  }
}

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
