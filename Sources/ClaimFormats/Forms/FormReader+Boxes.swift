extension FormReader {
  /// A box of a form where it is on a page, for an engine that reads a picture box by box.
  package struct BoxOnPage: Hashable, Sendable {
    /// The characters that a box can hold, as far as they are few.
    package enum Characters: String, Hashable, Sendable {
      case digits
      case capitals
      case digitsAndCapitals
      case mark
      case any
    }

    /// The name of the box, such as `24F.2`; of a box to be marked, with the value that the mark stands for: `6=18`.
    package let name: String
    package let box: PageBox
    package let characters: Characters
  }

  /// Returns the boxes of the form that a page is, each where it is on the page; nil for a page that is none. The words of
  /// a first, rough reading are enough to find them.
  package static func boxes(on page: FormPage) -> [BoxOnPage]? {
    guard page.words.count <= PageFit.wordLimit, page.width > 0, page.height > 0, let fit = PageFit(page) else {
      return nil
    }
    return fit.layout.boxes.map { box in
      BoxOnPage(
        name: box.field(service: box.row ?? 0) + (box.mark.map { "=\($0)" } ?? ""), box: fit.place(of: box),
        characters: box.grammar.characters)
    }
  }
}

extension FieldGrammar {
  fileprivate var characters: FormReader.BoxOnPage.Characters {
    switch self {
    case .day6, .day8, .amount, .npi, .tax, .zip, .units, .place, .revenue, .icd, .frequency, .count: .digits
    case .state, .yesNo, .sex, .pointers: .capitals
    case .procedure, .modifiers, .diagnosis, .bill, .code, .sign, .codes, .relation, .present: .digitsAndCapitals
    case .mark: .mark
    case .text, .name, .member, .number, .cityLine, .service, .signature: .any
    }
  }
}
