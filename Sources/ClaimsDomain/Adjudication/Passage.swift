/// A line on its way through the rules: still open, or denied and out of the way of the rules that follow. A denied line
/// can consume no limit, since the rules that consume only ever see open ones.
enum Passage<Line> {
  case open(Line)
  case denied(LineDecision)
}

extension Array {
  /// Lines no rule has denied.
  func open<Line>() -> [Line] where Element == Passage<Line> {
    compactMap(\.line)
  }

  /// Takes every open line one step further.
  func onward<Before, After>(
    _ step: (Before) throws(AdjudicationFailure) -> Passage<After>
  ) throws(AdjudicationFailure) -> [Passage<After>] where Element == Passage<Before> {
    try map { passage throws(AdjudicationFailure) in
      switch passage {
      case .open(let line): try step(line)
      case .denied(let decision): .denied(decision)
      }
    }
  }
}

extension Passage {
  /// Nil once a rule has denied it.
  var line: Line? { if case .open(let line) = self { line } else { nil } }

  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  static func denying(_ line: ServiceLine, for denial: Denial) throws(AdjudicationFailure) -> Passage {
    do {
      return .denied(try LineDecision(denying: line, for: denial))
    } catch {
      throw .unbalanced(error)
    }
  }
}
