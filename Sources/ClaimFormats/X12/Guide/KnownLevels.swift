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
