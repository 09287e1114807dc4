/// Follows one transaction through its guide, segment by segment, and reports deviations from the guide. Its memory
/// does not grow with the transaction.
struct GuideWalk {
  private let guide: ImplementationGuide
  private var open: [OpenLoop] = []
  /// The number of occurrences of each step of the open loops, one loop after the other.
  private var counts: [Int] = []
  /// The faults of the last segment, in the order in which they were found.
  private(set) var faults: [GuideFault] = []
  /// The position of the current segment, counted from ST as 1.
  private var position = 0
  private var hierarchy = Hierarchy()

  private struct OpenLoop {
    let loop: Int
    /// The index of the loop's first step in `counts`.
    let base: Int
    /// The position of the last step that occurred.
    var position: Int
  }

  init(_ guide: ImplementationGuide) {
    self.guide = guide
    enter(0)
  }

  /// Takes the next segment, from ST to SE.
  mutating func take(_ segment: X12Segment) {
    position += 1
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    for depth in open.indices.reversed() {
      guard let step = step(for: segment, in: open[depth]) else { continue }
      return advance(to: step, at: depth, segment)
    }
    // The element that identifies the segment is wrong or missing. When only one segment of that name can follow, this
    // is it.
    for depth in open.indices.reversed() {
      guard let step = onlyStep(for: segment, in: open[depth]) else { continue }
      return advance(to: step, at: depth, segment)
    }
    // A segment that is out of sequence or repeated later still belongs to its loop.
    let scope = guide.loops[open[open.count - 1].loop].scope
    for depth in open.indices.reversed() where guide.loops[open[depth].loop].scope == scope {
      guard let step = passedStep(for: segment, in: open[depth]) else { continue }
      return takeLate(step, at: depth, segment)
    }
    misplaced(segment)
  }

  /// Ends the transaction and reports required segments that are missing.
  mutating func finish() {
    position += 1
    faults.removeAll()
    close(downTo: -1)
  }

  // MARK: Placing segments

  private func step(for segment: X12Segment, in place: OpenLoop) -> Int? {
    find(segment, in: place, from: place.position) { isNamed($0, segment) }
  }

  private func onlyStep(for segment: X12Segment, in place: OpenLoop) -> Int? {
    guard segment.name != "HL" else { return nil }
    let steps = guide.loops[place.loop].steps
    guard steps.count(where: { $0.segment.name == segment.name }) == 1 else { return nil }
    return find(segment, in: place, from: place.position) { _ in true }
  }

  private func passedStep(for segment: X12Segment, in place: OpenLoop) -> Int? {
    find(segment, in: place, from: 0) { isNamed($0, segment) }
  }

  /// Returns the first step of a loop, at or after a position, for a segment of this name. The first segment of a loop
  /// always opens a new loop, so it is a step of the enclosing loop only.
  private func find(
    _ segment: X12Segment, in place: OpenLoop, from position: Int, where isIt: (ImplementationGuide.SegmentRule) -> Bool
  ) -> Int? {
    let name = segment.name
    let steps = guide.loops[place.loop].steps
    return steps.withUnsafeBufferPointer { steps in
      for index in (place.loop == 0 ? 0 : 1)..<max(1, steps.count) where index < steps.count {
        guard steps[index].segment.name == name, steps[index].position >= position, isIt(steps[index].segment) else {
          continue
        }
        return index
      }
      return nil
    }
  }

  /// Whether a segment of the same name matches a rule.
  private func isNamed(_ rule: ImplementationGuide.SegmentRule, _ segment: X12Segment) -> Bool {
    guard let key = rule.key else { return true }
    let code = key.component.map { segment.code(key.element, component: $0) } ?? segment.code(key.element)
    for index in key.codes where guide.codes[index] == code { return true }
    return false
  }

  private mutating func advance(to index: Int, at depth: Int, _ segment: X12Segment) {
    close(downTo: depth)
    let place = open[open.count - 1]
    let step = guide.loops[place.loop].steps[index]
    miss(before: step.position, in: place)
    open[open.count - 1].position = step.position
    count(index, in: place, segment)
    take(segment, as: step, in: place, number: counts[place.base + index])
  }

  private mutating func takeLate(_ index: Int, at depth: Int, _ segment: X12Segment) {
    close(downTo: depth)
    let place = open[open.count - 1]
    let step = guide.loops[place.loop].steps[index]
    if !count(index, in: place, segment) {
      fault(segment.name, .outOfSequence, in: step.loop ?? place.loop, isDecisive: false)
    }
    take(segment, as: step, in: place, number: counts[place.base + index])
  }

  /// - Returns: Whether the segment exceeds the step's limit.
  @discardableResult
  private mutating func count(_ index: Int, in place: OpenLoop, _ segment: X12Segment) -> Bool {
    let step = guide.loops[place.loop].steps[index]
    counts[place.base + index] += 1
    guard let limit = step.limit, counts[place.base + index] > limit else { return false }
    fault(
      segment.name, step.loop == nil ? .tooOften : .loopTooOften, in: step.loop ?? place.loop,
      isDecisive: step.isDecisive)
    return true
  }

  /// - Parameter number: The number of occurrences of the step in its loop, including this one.
  private mutating func take(
    _ segment: X12Segment, as step: ImplementationGuide.Step, in place: OpenLoop, number: Int
  ) {
    if let loop = step.loop {
      enter(loop)
      // The loop's own first step is the current segment.
      counts[open[open.count - 1].base] = 1
    }
    check(segment, by: step.segment)
    // Assigned numbers count up from 1. A number that does not is still unambiguous unless it is repeated.
    if segment.name == "LX", let assigned = segment.bytes(1).decimal, assigned != number {
      let element = GuideFault.Element(position: 1, component: nil, code: .patternMismatch)
      fault(segment.name, .elementsInError, in: step.loop ?? place.loop, element, isDecisive: false)
    }
    guard segment.name == "HL", let (element, isDecisive) = hierarchy.open(segment) else { return }
    fault(segment.name, .elementsInError, in: step.loop ?? place.loop, element, isDecisive: isDecisive)
  }

  /// Reports a segment that cannot occur in any of the open loops.
  private mutating func misplaced(_ segment: X12Segment) {
    let inner = open[open.count - 1].loop
    guard guide.names.contains(segment.name) else {
      let isKnown = X12Dictionary.isKnown(segment.name)
      return fault(segment.name, isKnown ? .notUsed : .unrecognized, in: inner, isDecisive: false)
    }
    let isDecisive = guide.loops.contains { loop in
      loop.steps.contains {
        $0.isDecisive && $0.segment.name == segment.name && isNamed($0.segment, segment)
      }
    }
    fault(segment.name, .unexpected, in: inner, isDecisive: isDecisive)
  }

  private mutating func enter(_ loop: Int) {
    open.append(OpenLoop(loop: loop, base: counts.count, position: 0))
    counts.append(contentsOf: repeatElement(0, count: guide.loops[loop].steps.count))
  }

  /// Leaves the loops below a depth and reports what each still lacks.
  private mutating func close(downTo depth: Int) {
    while open.count - 1 > depth, let place = open.popLast() {
      miss(before: .max, in: place)
      counts.removeLast(counts.count - place.base)
    }
  }

  /// Reports the required segments missing between the last segment of a loop and the given position.
  private mutating func miss(before position: Int, in place: OpenLoop) {
    guard position > place.position else { return }
    let steps = guide.loops[place.loop].steps
    for index in steps.indices where steps[index].isRequired && counts[place.base + index] == 0 {
      let step = steps[index]
      guard step.position >= place.position, step.position < position else { continue }
      fault(
        step.segment.name, .requiredMissing, in: step.loop ?? place.loop, identifiedBy: identifier(of: step.segment),
        isDecisive: step.isDecisive)
    }
  }

  /// The single code that identifies a segment; nil when there are several.
  private func identifier(of rule: ImplementationGuide.SegmentRule) -> X12Code? {
    rule.key.flatMap { $0.codes.count == 1 ? guide.codes[$0.codes.lowerBound] : nil }
  }

  // MARK: What it says

  private mutating func check(_ segment: X12Segment, by rule: ImplementationGuide.SegmentRule) {
    let (inner, name) = (open[open.count - 1].loop, segment.name)
    guide.check(segment, by: rule) { element, isDecisive in
      fault(name, .elementsInError, in: inner, element, isDecisive: isDecisive)
    }
  }

  private mutating func fault(
    _ segment: X12Code, _ code: SegmentErrorCode, in loop: Int, _ element: GuideFault.Element? = nil,
    identifiedBy identifier: X12Code? = nil, isDecisive: Bool
  ) {
    faults.append(
      GuideFault(
        segment: segment, identifier: identifier, position: position, loop: guide.loops[loop].name, code: code,
        element: element,
        scope: guide.loops[loop].scope, isDecisive: isDecisive))
  }
}
