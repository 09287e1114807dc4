/// The hierarchy of HL segments. Each has the next number (HL01) and names its parent (HL02).
struct Hierarchy {
  private var last = 0
  /// The numbers of the open levels, outermost first.
  private var open: [Int] = []

  /// Opens a level and closes those that are not its ancestors.
  ///
  /// - Returns: The fault of the level, and whether the fault leaves its owner uncertain; nil when there is no fault.
  mutating func open(_ hl: X12Segment) -> (GuideFault.Element, isDecisive: Bool)? {
    last += 1
    var fault: (GuideFault.Element, isDecisive: Bool)?
    if hl.bytes(1).decimal != last {
      last = hl.bytes(1).decimal ?? last
      fault = (GuideFault.Element(position: 1, component: nil, code: .invalidCode), false)
    }
    guard !hl.bytes(2).isEmpty else {
      open = [last]
      return fault
    }
    guard let number = hl.bytes(2).decimal, let parent = open.lastIndex(of: number) else {
      // The reader also finds a parent that is no longer open (`KnownLevels`).
      open = [last]
      return (GuideFault.Element(position: 2, component: nil, code: .invalidCode), false)
    }
    open.removeLast(open.count - parent - 1)
    open.append(last)
    return fault
  }
}

/// The hierarchical levels of a transaction that later levels may name as their parent (HL02). A parent need not
/// directly precede its children.
struct KnownLevels<Content> {
  struct Level {
    /// HL01.
    let number: String
    /// The content of the level, with what it inherits from all levels above.
    let content: Content
  }

  /// The most recent levels. When full, each new level replaces the oldest.
  private var levels: [Level] = []
  private var next = 0

  mutating func keep(_ content: Content, as number: String) {
    let level = Level(number: number, content: content)
    if levels.count < X12Limits.levels { levels.append(level) } else { levels[next] = level }
    next = (next + 1) % X12Limits.levels
  }

  /// The most recent level with this number.
  subscript(number: String) -> Content? {
    (levels[..<next].last { $0.number == number } ?? levels[next...].last { $0.number == number })?.content
  }
}
