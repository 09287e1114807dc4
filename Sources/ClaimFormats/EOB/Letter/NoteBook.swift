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
    let amount: String
  }

  init(of line: LineDecision, named names: ServiceNames) {
    title = "Line \(line.number), \(names.title(of: line))"
    billed = line.charge.dollars
    planPaid = line.paid.dollars
    yourShare = line.memberResponsibility.dollars
    steps = line.adjustments.map { adjustment in
      let rule = PlainRule(adjustment.explanation)
      return Step(
        title: PlainWords(adjustment.group, adjustment.reason).title, codes: Note.codes(of: adjustment),
        basis: rule.figures.isEmpty ? "\(rule.title)." : "\(rule.title): \(rule.figures).",
        amount: adjustment.amount.dollars)
    }
  }
}
