/// What one box of a form was found to say, with where it stood and what was made of it. Nothing is ever put into a field
/// that its box does not say.
package struct FieldReading: Hashable, Sendable, Codable {
  /// The box as the form numbers it, with the service line where it has several: `1a`, `24F.2`.
  package let field: String
  package let page: Int
  package let box: PageBox
  /// The text as it stood, word by word.
  package let text: String
  /// The text as the claim has it; nil when the field's grammar accepts nothing of it.
  package var value: String?
  /// The least confidence of the field's words, in percent; nil for the text of a PDF.
  package let confidence: Int?
  /// What was taken for another character and why, such as `O read as 0`; nil when nothing was changed.
  package var correction: String?
  /// Why a person must look at the field. Empty when it stands.
  package var doubts: [FieldDoubt]
  /// What a language model reads in the box, for the person who looks at it; nil when none was asked, or it says nothing that
  /// the box may hold. No claim is made of it.
  package var modelValue: String?

  package init(
    field: String, page: Int, box: PageBox, text: String, value: String?, confidence: Int?, correction: String? = nil,
    doubts: [FieldDoubt] = []
  ) {
    self.field = field
    self.page = page
    self.box = box
    self.text = text
    self.value = value
    self.confidence = confidence
    self.correction = correction
    self.doubts = doubts
  }
}

/// Why a field of a form cannot be taken as it was read.
package enum FieldDoubt: String, Hashable, Sendable, Codable, CaseIterable {
  /// The engine was less sure of a word than the field asks for.
  case faint
  /// The text is not what the field may hold, such as a date that does not exist.
  case malformed
  /// The check digit of a provider number does not agree.
  case checkDigit = "check-digit"
  /// The charges do not add up to the total.
  case total
  /// A code is in no table in force.
  case unknownCode = "unknown-code"
  /// Nothing stands in a box that must say something.
  case missing
  /// Words lie across a box's edge, so that they may belong to its neighbour.
  case straddling
  /// Two pages of the form, two marks, or two boxes say different things.
  case contradicted
}
