/// The hierarchy of HL segments. Each has the next number (HL01) and names its parent (HL02).
struct Hierarchy {
  private var last = 0
  /// The numbers of the levels that are open, the outermost first.
  private var open: [Int] = []

  /// Opens a level and closes those that are not its ancestors.
  ///
  /// - Returns: what is wrong with it; nil where nothing is.
  mutating func open(_ hl: X12Segment) -> GuideFault.Element? {
    last += 1
    guard hl.bytes(1).decimal == last else {
      last = hl.bytes(1).decimal ?? last
      return GuideFault.Element(position: 1, component: nil, code: .invalidCode)
    }
    if hl.bytes(2).isEmpty {
      open = [last]
      return nil
    }
    guard let parent = hl.bytes(2).decimal.flatMap({ open.lastIndex(of: $0) }) else {
      return GuideFault.Element(position: 2, component: nil, code: .invalidCode)
    }
    open.removeLast(open.count - parent - 1)
    open.append(last)
    return nil
  }
}
