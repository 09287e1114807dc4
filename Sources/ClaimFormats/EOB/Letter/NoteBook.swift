import ClaimsDomain

/// The footnotes, numbered as they are first met. One reason is explained once, however many lines it is on.
struct NoteBook {
  private(set) var notes: [Note] = []
  private var numbers: [String: Int] = [:]

  /// The footnote of an adjustment, written now if it is the first of its kind.
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

/// What one code means, in plain words.
struct Note {
  let number: Int
  let title: String
  /// `CO-96, N130`: what to name on the telephone.
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
