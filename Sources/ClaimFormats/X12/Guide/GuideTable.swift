/// Parses the notation in which the guides are written here.
///
/// Indentation is two blanks per level. A loop is `loop NAME USAGE REPEAT`; a segment is
/// `NAME USAGE REPEAT ELEMENTS ; NOTES`. Usage is `R` (required) or `S` (situational); `*` means no limit.
/// `same NAME USAGE REPEAT` reuses a loop defined above, and `shape NAME ELEMENTS` names elements that are used often.
///
/// An element is
///
///     -                     not used
///     R:ID2-3=85,87         usage, type and length, codes
///     S:AN1-35^2            in the format that element 2 names
///     S:N00-6x5             up to five repetitions
///     S:ID2=@states         codes of an external list
///     S:N09?4:US            applies where element 4 is empty, or has one of these codes
///     R(R:ID2=HC R:AN1-48)  a composite and its components
///     $name                 a shape
///     3*-   2*[… …]         several of one, several of a group
struct GuideTable {
  private var shapes: [String: [Substring]] = [:]
  private var loops: [ImplementationGuide.Loop] = []
  private var names: Set<X12Code> = []
  private var elements: [ImplementationGuide.ElementRule] = []
  private var codes: [X12Code] = []
  private var longCodes: [Int: [UInt8]] = [:]
  /// The external code lists in `codes`, by name.
  private var lists: [Substring: Range<Int>] = [:]
  private var notes: [ImplementationGuide.SyntaxNote] = []
  /// The open loops, by depth.
  private var open: [Int] = []

  /// - Parameter parts: The decisive parts of the guide.
  static func guide(_ id: String, deciding parts: DecisiveParts, _ table: String) -> ImplementationGuide {
    var reader = GuideTable()
    reader.openLoop("")
    for line in table.split(separator: "\n") { reader.take(line) }
    reader.mark(parts)
    return ImplementationGuide(
      id: id, loops: reader.loops, names: reader.names, elements: reader.elements, codes: reader.codes,
      longCodes: reader.longCodes,
      notes: reader.notes)
  }

  private mutating func openLoop(_ name: String) {
    open.append(loops.count)
    loops.append(ImplementationGuide.Loop(name: name, steps: [], scope: .init(loop: name)))
  }

  private mutating func take(_ line: Substring) {
    let depth = line.prefix { $0 == " " }.count / 2
    var words = Self.words(of: line.drop { $0 == " " })
    let head = words.removeFirst()
    if head == "shape" {
      shapes[String(words[0])] = Array(words.dropFirst())
      return
    }
    open.removeLast(open.count - depth - 1)
    switch head {
    case "loop":
      pending = (words[1], words[2])
      openLoop(String(words[0]))
    case "same":
      guard let loop = loops.firstIndex(where: { $0.name == words[0] }), let first = loops[loop].steps.first else {
        preconditionFailure("no loop \(words[0]) is written further up")
      }
      add(first.segment, opening: loop, usage: words[1], limit: words[2], to: open[open.count - 1])
    default:
      let rule = rule(head, words.dropFirst(2))
      // The enclosing loop identifies a nested loop by its first segment.
      if let (usage, limit) = pending {
        pending = nil
        let loop = open[open.count - 1]
        add(rule, opening: loop, usage: usage, limit: limit, to: open[open.count - 2])
      }
      add(rule, opening: nil, usage: words[0], limit: words[1], to: open[open.count - 1])
    }
  }

  /// Usage and repeat count of a loop whose first segment comes next.
  private var pending: (Substring, Substring)?

  private mutating func add(
    _ segment: ImplementationGuide.SegmentRule, opening loop: Int?, usage: Substring, limit: Substring, to parent: Int
  ) {
    names.insert(segment.name)
    let last = loops[parent].steps.last
    let position = last.map { $0.segment.name == segment.name ? $0.position : $0.position + 1 } ?? 0
    loops[parent].steps.append(
      ImplementationGuide.Step(
        segment: segment, loop: loop, isRequired: usage == "R", limit: Int(limit), position: position))
  }

  private mutating func mark(_ decisive: DecisiveParts) {
    for loop in loops.indices {
      for step in loops[loop].steps.indices {
        let rule = loops[loop].steps[step].segment
        let keyCodes = rule.key.map { Array(codes[$0.codes]) } ?? []
        let name = loops[loops[loop].steps[step].loop ?? loop].name
        let parts = decisive.parts(of: rule.name, identifiedBy: keyCodes, in: name)
        loops[loop].steps[step].isDecisive = parts.isWhole
        for (index, element) in rule.elements.enumerated() {
          elements[element].isDecisive = parts.covers(index + 1, nil)
          guard case .composite(let components) = elements[element].content else { continue }
          for (component, part) in components.enumerated() {
            elements[part].isDecisive = parts.covers(index + 1, component + 1)
          }
        }
      }
    }
  }

  // MARK: Segments

  private mutating func rule(_ name: Substring, _ words: ArraySlice<Substring>) -> ImplementationGuide.SegmentRule {
    let parts = expanded(words).split(separator: ";", maxSplits: 1)
    let rules = rules(Array(parts.first ?? []))
    let own = elements.count..<elements.count + rules.count
    elements += rules
    let first = notes.count
    notes += (parts.dropFirst().first ?? []).map(Self.note)
    return ImplementationGuide.SegmentRule(
      name: X12Code(name.utf8), elements: own, notes: first..<notes.count, key: key(name, own))
  }

  private func expanded(_ words: ArraySlice<Substring>) -> [Substring] {
    words.flatMap { word -> [Substring] in
      guard word.first == "$" else { return [word] }
      guard let shape = shapes[String(word.dropFirst())] else { preconditionFailure("\(word) is no shape") }
      return shape
    }
  }

  private static func note(_ word: Substring) -> ImplementationGuide.SyntaxNote {
    guard let kind = word.first.flatMap(ImplementationGuide.SyntaxNote.Kind.init), word.count % 2 == 1 else {
      preconditionFailure("\(word) is no syntax note")
    }
    var digits = word.dropFirst()
    var elements: [Int] = []
    while !digits.isEmpty {
      elements.append(Int(digits.prefix(2)) ?? 0)
      digits = digits.dropFirst(2)
    }
    return ImplementationGuide.SyntaxNote(kind: kind, elements: elements)
  }

  /// HL03 identifies a hierarchical level. Any other segment is identified by its first element or that element's first
  /// component.
  private func key(_ name: Substring, _ own: Range<Int>) -> ImplementationGuide.Key? {
    let position = name == "HL" ? 3 : 1
    guard position <= own.count else { return nil }
    switch elements[own.lowerBound + position - 1].content {
    case .simple(let value):
      return value.codes.isEmpty ? nil : .init(element: position, component: nil, codes: value.codes)
    case .composite(let parts):
      guard let first = parts.first, case .simple(let value) = elements[first].content, !value.codes.isEmpty else {
        return nil
      }
      return .init(element: position, component: 1, codes: value.codes)
    }
  }

  // MARK: Elements

  private mutating func rules(_ words: [Substring]) -> [ImplementationGuide.ElementRule] {
    var rules: [ImplementationGuide.ElementRule] = []
    for word in words {
      if let star = word.firstIndex(of: "*"), let count = Int(word[..<star]) {
        let repeated = word[word.index(after: star)...]
        let group = repeated.first == "[" ? Self.words(of: repeated.dropFirst().dropLast()) : [repeated]
        for _ in 0..<count { rules += self.rules(group) }
      } else {
        rules.append(element(word))
      }
    }
    return rules
  }

  private mutating func element(_ word: Substring) -> ImplementationGuide.ElementRule {
    guard word != "-" else { return .notUsed }
    guard let usage = word.first.flatMap(ImplementationGuide.Usage.init) else {
      preconditionFailure("\(word) has no usage")
    }
    let rest = word.dropFirst()
    if let bracket = rest.firstIndex(of: "(") {
      let repeats = rest.first == "x" ? Int(rest[..<bracket].dropFirst()) ?? 1 : 1
      let parts = Self.words(of: rest[rest.index(after: bracket)...].dropLast())
      let rules = rules(parts)
      elements += rules
      return ImplementationGuide.ElementRule(
        usage: usage, content: .composite(elements.count - rules.count..<elements.count), repeats: repeats)
    }
    return simple(rest.dropFirst(), usage)
  }

  private mutating func simple(
    _ word: Substring, _ usage: ImplementationGuide.Usage
  ) -> ImplementationGuide.ElementRule {
    let (word, condition) = Self.halved(word, at: "?")
    let halves = word.split(separator: "=", maxSplits: 1)
    let (shape, format) = Self.halved(halves[0], at: "^")
    let (typed, repeats) = Self.halved(shape, at: "x")
    let name = ["AN", "ID", "N0", "DT", "TM", "R"].first { typed.hasPrefix($0) } ?? ""
    let bounds = typed.dropFirst(name.count).split(separator: "-").compactMap { Int($0) }
    guard let type = ImplementationGuide.DataType(rawValue: name), let low = bounds.first, let high = bounds.last
    else { preconditionFailure("\(word) has no type and length") }
    let list = halves.dropFirst().first ?? ""
    return ImplementationGuide.ElementRule(
      usage: usage,
      content: .simple(
        .init(
          type: type, lengths: low...high, codes: codes(list), formatElement: format.flatMap { Int($0) },
          isOpenList: list.first == "@", condition: condition.map { self.condition($0) })),
      repeats: repeats.flatMap { Int($0) } ?? 1)
  }

  private mutating func codes(_ list: Substring) -> Range<Int> {
    guard list.first == "@" else { return added(list) }
    let name = list.dropFirst()
    if let range = lists[name] { return range }
    guard let codes = Self.openLists[String(name)] else { preconditionFailure("\(list) is no list") }
    let range = added(codes[...])
    lists[name] = range
    return range
  }

  private mutating func added(_ list: Substring) -> Range<Int> {
    let first = codes.count
    for code in list.split(separator: ",") {
      if X12Code(code.utf8) == .long { longCodes[codes.count] = Array(code.utf8) }
      codes.append(X12Code(code.utf8))
    }
    return first..<codes.count
  }

  private mutating func condition(_ word: Substring) -> ImplementationGuide.Condition {
    let (element, list) = Self.halved(word, at: ":")
    guard let element = Int(element), let list else { preconditionFailure("\(word) is no condition") }
    return ImplementationGuide.Condition(element: element, codes: added(list))
  }

  private static func halved(_ word: Substring, at separator: Character) -> (Substring, Substring?) {
    let parts = word.split(separator: separator, maxSplits: 1)
    return (parts[0], parts.dropFirst().first)
  }

  /// Splits text at blanks outside brackets.
  private static func words(of text: Substring) -> [Substring] {
    var words: [Substring] = []
    var (start, depth) = (text.startIndex, 0)
    for index in text.indices {
      switch text[index] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case " " where depth == 0:
        if start < index { words.append(text[start..<index]) }
        start = text.index(after: index)
      default: break
      }
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }
}

extension GuideTable {
  /// Code lists maintained by other organizations. They grow, so a code that is missing here is at most a warning.
  static let openLists = [
    // States, territories, and military mail codes of the United States (USPS), and provinces of Canada (Canada Post).
    // PQ and NF are older codes of Quebec and Newfoundland.
    "states": """
    AA,AE,AK,AL,AP,AR,AS,AZ,CA,CO,CT,DC,DE,FL,FM,GA,GU,HI,IA,ID,IL,IN,KS,KY,LA,MA,MD,ME,MH,MI,MN,MO,MP,MS,MT,NC,ND,\
    NE,NH,NJ,NM,NV,NY,OH,OK,OR,PA,PR,PW,RI,SC,SD,TN,TX,UT,VA,VI,VT,WA,WI,WV,WY,\
    AB,BC,MB,NB,NF,NL,NS,NT,NU,ON,PE,PQ,QC,SK,YT
    """,
    // Places of service (CMS).
    "places": """
    01,02,03,04,05,06,07,08,09,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,31,32,33,34,41,42,49,50,51,52,53,\
    54,55,56,57,58,60,61,62,65,66,71,72,81,99
    """,
  ]
}
