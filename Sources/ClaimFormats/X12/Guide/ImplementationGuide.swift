internal import ClaimsDomain

/// An implementation guide (TR3) as data: which loops and segments a transaction may have, in which order and how often,
/// and what each element of them may be.
struct ImplementationGuide: Sendable {
  /// As GS08 and ST03 name it: `005010X222A1`.
  let id: String
  /// The first is the transaction itself.
  let loops: [Loop]
  /// The names of all its segments.
  let names: Set<X12Code>
  /// What rules refer to by range. So a rule is a few numbers, and to look at one costs no reference.
  let elements: [ElementRule]
  let codes: [X12Code]
  /// Those of the codes that are too long for an `X12Code`, by their position.
  let longCodes: [Int: [UInt8]]
  let notes: [SyntaxNote]

  struct Loop: Sendable {
    /// `2010AA`; empty for the transaction itself.
    let name: String
    /// In the order of the guide.
    var steps: [Step]
    let scope: Scope
  }

  /// Whom a loop is about.
  enum Scope: Sendable {
    /// The transaction as a whole.
    case header
    /// A billing provider, and all claims below it.
    case billing
    case subscriber
    case patient
    /// One claim, one person of an enrollment, one question.
    case claim

    init(loop name: String) {
      self =
        switch name.prefix(5) {
        case "", "1000A", "1000B", "1000C", "1100C": .header
        case "2000A", "2010A": .billing
        case "2000B", "2010B": .subscriber
        case "2000C", "2010C": .patient
        default: .claim
        }
    }
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
    /// Whether it says who, what, when, how much or who pays, so that it may neither be missing nor stand too often.
    var isDecisive = false
  }

  struct SegmentRule: Sendable {
    let name: X12Code
    let elements: Range<Int>
    let notes: Range<Int>
    /// What identifies it among segments of its name; nil where nothing does.
    let key: Key?
  }

  /// An element, or the first component of it, that says what a segment is: `85` in `NM1*85`.
  struct Key: Sendable {
    let element: Int
    let component: Int?
    let codes: Range<Int>
  }

  struct ElementRule: Sendable {
    let usage: Usage
    let content: Content
    /// How often it may stand, with the repetition separator between.
    let repeats: Int
    /// Whether it says who, what, when, how much or who pays.
    var isDecisive = false

    static let notUsed = ElementRule(usage: .notUsed, content: .simple(.anything), repeats: 1)
  }

  enum Usage: Character, Sendable {
    case required = "R"
    /// Required in some situations, which the table does not tell.
    case situational = "S"
    case notUsed = "-"
  }

  enum Content: Sendable {
    case simple(ValueRule)
    /// The rules of the components.
    case composite(Range<Int>)
  }

  struct ValueRule: Sendable {
    let type: DataType
    let lengths: ClosedRange<Int>
    /// Empty where any value of the type will do.
    let codes: Range<Int>
    /// Another element of the segment, which names the format of this one: `D8`, `RD8`.
    let formatElement: Int?
    /// Whether others keep the list of codes, so that a new one may be missing here.
    var isOpenList = false
    /// Nil where the rule always applies.
    var condition: Condition?

    static let anything = ValueRule(type: .text, lengths: 0...Int.max, codes: 0..<0, formatElement: nil)
  }

  /// A rule applies where another element is empty, or has one of some codes.
  struct Condition: Sendable {
    let element: Int
    let codes: Range<Int>
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

extension ImplementationGuide {
  /// The guide by its name or that of one of its errata, as GS08 and ST03 have it; nil where there is no table of it.
  static func named(_ name: String) -> ImplementationGuide? {
    switch name {
    case "005010X222", "005010X222A1", "005010X222A2": .professional
    case "005010X223", "005010X223A1", "005010X223A2", "005010X223A3": .institutional
    case "004010X098", "004010X098A1": .olderProfessional
    case "004010X096", "004010X096A1": .olderInstitutional
    case "005010X220", "005010X220A1": .enrollment
    case "005010X279", "005010X279A1": .inquiry
    default: nil
    }
  }
}

extension ImplementationGuide {
  /// Those of the claims that are read here.
  static let claims = [professional, institutional, olderProfessional, olderInstitutional]

  /// Whether a segment, or an element of it, is part of the guide.
  func has(_ place: GuideChecks.Place) -> Bool {
    loops.contains { loop in
      loop.name == place.loop
        && loop.steps.contains { step in
          step.loop == nil && step.segment.name == X12Code(place.segment.utf8)
            && place.element.map { (1...max(1, step.segment.elements.count)).contains($0) } ?? true
        }
    }
  }
}
