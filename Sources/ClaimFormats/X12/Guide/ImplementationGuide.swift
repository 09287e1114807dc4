/// An implementation guide (TR3) as data: which loops and segments a transaction may have, in which order and how often,
/// and what each element of them may be.
struct ImplementationGuide: Sendable {
  /// As GS08 and ST03 name it: `005010X222A1`.
  let id: String
  /// The first is the transaction itself.
  let loops: [Loop]
  /// The names of all its segments.
  let names: Set<X12Code>

  struct Loop: Sendable {
    /// `2010AA`; empty for the transaction itself.
    let name: String
    /// In the order of the guide.
    var steps: [Step]
    /// The steps by the name of their segment.
    var index: [X12Code: [Int]]
  }

  /// One place in a loop: a segment, or a nested loop that begins with it.
  struct Step: Sendable {
    let segment: SegmentRule
    /// The loop that the segment opens; nil for a segment alone.
    let loop: Int?
    let isRequired: Bool
    /// The most occurrences in its loop; nil for no limit.
    let limit: Int?
    /// Consecutive steps with the same segment name share a position, and may occur in any order.
    let position: Int
  }

  struct SegmentRule: Sendable {
    let name: X12Code
    let elements: [ElementRule]
    let notes: [SyntaxNote]
    /// What identifies it among segments of its name; nil where nothing does.
    let key: Key?
  }

  /// An element, or the first component of it, that says what a segment is: `85` in `NM1*85`.
  struct Key: Sendable {
    let element: Int
    let component: Int?
    let codes: [X12Code]
  }

  struct ElementRule: Sendable {
    let usage: Usage
    let content: Content
    /// How often it may stand, with the repetition separator between.
    let repeats: Int

    static let notUsed = ElementRule(usage: .notUsed, content: .simple(.anything), repeats: 1)
  }

  enum Usage: Character, Sendable {
    case required = "R"
    /// Required in some situations, which the table does not tell.
    case situational = "S"
    case notUsed = "-"
  }

  indirect enum Content: Sendable {
    case simple(ValueRule)
    case composite([ElementRule])
  }

  struct ValueRule: Sendable {
    let type: DataType
    let lengths: ClosedRange<Int>
    /// Empty where any value of the type will do.
    let codes: [X12Code]
    /// Another element of the segment, which names the format of this one: `D8`, `RD8`.
    let formatElement: Int?

    static let anything = ValueRule(type: .text, lengths: 0...Int.max, codes: [], formatElement: nil)
  }

  /// X12's types of data elements.
  enum DataType: String, Sendable {
    case text = "AN"
    case code = "ID"
    case whole = "N0"
    case decimal = "R"
    case date = "DT"
    case time = "TM"
  }

  /// A relation between elements, as the standard notes it: `P0809`.
  struct SyntaxNote: Hashable, Sendable {
    enum Kind: Character, Sendable {
      /// If one is there, all are.
      case paired = "P"
      /// One at least is there.
      case oneOf = "R"
      /// One at most is there.
      case exclusive = "E"
      /// If the first is there, the others are.
      case conditional = "C"
      /// If the first is there, one of the others is.
      case listConditional = "L"
    }

    let kind: Kind
    let elements: [Int]
  }
}
