/// The levels of a transaction that others may name as their parent (HL02). A parent mostly stands right before its
/// children, and need not.
struct ClaimLevels {
  /// A level, with all above it.
  struct Level {
    let context: ClaimContext
    let digest: ClaimDigest
  }

  private var levels: [String: Level] = [:]
  /// Their numbers, in order of appearance; the oldest are forgotten.
  private var order: [String] = []

  mutating func keep(_ level: Level, as number: String) {
    if levels.updateValue(level, forKey: number) == nil { order.append(number) }
    guard order.count > X12Limits.levels else { return }
    levels[order.removeFirst()] = nil
  }

  subscript(number: String) -> Level? { levels[number] }
}
