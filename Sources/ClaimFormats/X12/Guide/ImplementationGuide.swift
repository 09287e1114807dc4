internal import ClaimsDomain

/// An implementation guide (TR3) as data: the loops and segments that a transaction may have, their order and number,
/// and the allowed content of each element.
///
/// A class, since a copy of a structure would count a reference to each of its tables.
final class ImplementationGuide: Sendable {
  /// The identifier used in GS08 and ST03: `005010X222A1`.
  let id: String
  /// The loops; the first is the transaction itself.
  let loops: [Loop]
  /// The names of all segments of the guide.
  let names: Set<X12Code>
  /// The elements, codes, and notes that rules refer to by range. A rule is thus a few numbers, and reading one
  /// involves no reference counting.
  let elements: [ElementRule]
  let codes: [X12Code]
  /// The codes that are too long for an `X12Code`, by position.
  let longCodes: [Int: [UInt8]]
  let notes: [SyntaxNote]

  init(
    id: String, loops: [Loop], names: Set<X12Code>, elements: [ElementRule], codes: [X12Code],
    longCodes: [Int: [UInt8]], notes: [SyntaxNote]
  ) {
    (self.id, self.loops, self.names, self.elements) = (id, loops, names, elements)
    (self.codes, self.longCodes, self.notes) = (codes, longCodes, notes)
  }

  struct Loop: Sendable {
    /// The loop's name, such as `2010AA`; empty for the transaction itself.
    let name: String
    /// The steps in the order of the guide.
    var steps: [Step]
    let scope: Scope
  }

  /// The party or part of the transaction that a loop concerns.
  enum Scope: Sendable {
    /// The transaction as a whole.
    case header
    /// A billing provider and all claims below it.
    case billing
    case subscriber
    case patient
    /// One claim, one person of an enrollment, or one inquiry.
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
    /// The maximum number of occurrences in its loop; nil for no limit.
    let limit: Int?
    /// Consecutive steps with the same segment name share a position and may occur in any order.
    let position: Int
    /// Whether the step says who, what, when, how much, or who pays, so that it may be neither missing nor repeated too
    /// often.
    var isDecisive = false
  }

  struct SegmentRule: Sendable {
    let name: X12Code
    let elements: Range<Int>
    let notes: Range<Int>
    /// What distinguishes the segment from others of its name; nil when nothing does.
    let key: Key?
  }

  /// An element, or one of its components, that identifies a segment: `85` in `NM1*85`.
  struct Key: Sendable {
    let element: Int
    let component: Int?
    let codes: Range<Int>
  }

  struct ElementRule: Sendable {
    let usage: Usage
    let content: Content
    /// The maximum number of repetitions, divided by the repetition separator.
    let repeats: Int
    /// Whether the element says who, what, when, how much, or who pays.
    var isDecisive = false

    static let notUsed = ElementRule(usage: .notUsed, content: .simple(.anything), repeats: 1)
  }

  enum Usage: Character, Sendable {
    case required = "R"
    /// Required in some situations, which the table does not specify.
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
    /// The allowed codes; empty when any value of the type is allowed.
    let codes: Range<Int>
    /// Another element of the segment that names the format of this one: `D8`, `RD8`.
    let formatElement: Int?
    /// Whether the code list is maintained by another organization, so that new codes may be missing here.
    var isOpenList = false
    /// Nil when the rule always applies.
    var condition: Condition?

    static let anything = ValueRule(type: .text, lengths: 0...Int.max, codes: 0..<0, formatElement: nil)
  }

  /// The condition that another element is empty or has one of certain codes.
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

  /// A relation between elements, in the standard's notation: `P0809`.
  struct SyntaxNote: Hashable, Sendable {
    enum Kind: Character, Sendable {
      /// If one is present, all are.
      case paired = "P"
      /// At least one is present.
      case oneOf = "R"
      /// At most one is present.
      case exclusive = "E"
      /// If the first is present, all others are.
      case conditional = "C"
      /// If the first is present, at least one of the others is.
      case listConditional = "L"
    }

    let kind: Kind
    let elements: [Int]
  }
}

extension ImplementationGuide {
  /// Returns a guide by its name or the name of one of its errata, as used in GS08 and ST03; nil when no table of it
  /// exists.
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
  /// The guides of the claims that are read here.
  static let claims = [professional, institutional, olderProfessional, olderInstitutional]

  /// Whether a segment, or one of its elements, is part of the guide.
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
