/// The hierarchy of HL segments. Each has the next number (HL01) and names its parent (HL02).
struct Hierarchy {
  private var last = 0
  /// The numbers of the levels that are open, the outermost first.
  private var open: [Int] = []

  /// Opens a level and closes those that are not its ancestors.
  ///
  /// - Returns: what is wrong with it, and whether it leaves open whose level it is; nil where nothing is wrong.
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
      // The reader also finds a parent that is not open any more (`KnownLevels`).
      open = [last]
      return (GuideFault.Element(position: 2, component: nil, code: .invalidCode), false)
    }
    open.removeLast(open.count - parent - 1)
    open.append(last)
    return fault
  }
}

/// The hierarchical levels of a transaction that later levels may name as their parent (HL02). A parent need not directly
/// precede its children.
struct KnownLevels<Content> {
  struct Level {
    /// HL01.
    let number: String
    /// Of the level, with what it has from all above it.
    let content: Content
  }

  /// The last ones. Each new one takes the oldest one's place.
  private var levels: [Level] = []
  private var next = 0

  mutating func keep(_ content: Content, as number: String) {
    let level = Level(number: number, content: content)
    if levels.count < X12Limits.levels { levels.append(level) } else { levels[next] = level }
    next = (next + 1) % X12Limits.levels
  }

  /// The newest of this number.
  subscript(number: String) -> Content? {
    (levels[..<next].last { $0.number == number } ?? levels[next...].last { $0.number == number })?.content
  }
}
