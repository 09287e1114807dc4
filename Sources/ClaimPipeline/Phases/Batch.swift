/// Claims on their way through the agents, some of them already at their end. The order is the caller's.
///
/// A claim keeps its place in the batch through every step, and what an agent gives back is paired by that place.
package struct Batch<Phase: Sendable>: Sendable {
  private let steps: [Step<Phase>]

  private init(steps: [Step<Phase>]) {
    self.steps = steps
  }

  package init(_ phases: [Phase]) {
    steps = phases.map(Step.onward)
  }

  /// A batch of one claim that is at its end.
  package init(ended: EndedClaim) {
    steps = [.ended(ended)]
  }

  /// Takes those still under way through one more step.
  ///
  /// - Parameter step: gives each claim back in its place. A claim that is not given back exactly once stays unsettled.
  package func advance<Next: Sendable>(
    _ step: ([Placed<Phase>]) throws -> [Placed<Step<Next>>]
  ) rethrows -> Batch<Next> {
    joined(with: try step(underWay))
  }

  package func advance<Next: Sendable>(
    _ step: ([Placed<Phase>]) async throws -> [Placed<Step<Next>>]
  ) async rethrows -> Batch<Next> {
    joined(with: try await step(underWay))
  }

  package var onward: [Phase] { underWay.map(\.value) }

  /// Everything at its end.
  package func ended(_ end: (Phase) -> EndedClaim) -> [EndedClaim] {
    results(end) { $0 }
  }

  /// For each claim what is made of it, wherever it is.
  package func results<Result>(_ onward: (Phase) -> Result, ended: (EndedClaim) -> Result) -> [Result] {
    steps.map { step in
      switch step {
      case .onward(let phase): onward(phase)
      case .ended(let end): ended(end)
      }
    }
  }

  /// The first and the second half of the batch; nil for a batch of one claim.
  package var halves: (Batch<Phase>, Batch<Phase>)? {
    guard steps.count > 1 else { return nil }
    let middle = steps.count / 2
    return (Batch(steps: Array(steps[..<middle])), Batch(steps: Array(steps[middle...])))
  }

  private var underWay: [Placed<Phase>] {
    steps.enumerated().compactMap { place, step in
      if case .onward(let phase) = step { Placed(place: place, value: phase) } else { nil }
    }
  }

  private func joined<Next: Sendable>(with results: [Placed<Step<Next>>]) -> Batch<Next> {
    let byPlace = Dictionary(grouping: results, by: \.place)
    return Batch<Next>(
      steps: steps.enumerated().map { place, step in
        switch step {
        case .ended(let ended): return .ended(ended)
        case .onward:
          guard let own = byPlace[place], own.count == 1, let next = own.first else {
            return .ended(.unsettled(.noAnswer))
          }
          return next.value
        }
      })
  }
}

/// Something about one claim of a batch, with the claim's place in it.
package struct Placed<Value: Sendable>: Sendable {
  let place: Int
  package let value: Value

  package init(place: Int, value: Value) {
    self.place = place
    self.value = value
  }

  /// Something else about the same claim.
  package func map<Other>(_ change: (Value) throws -> Other) rethrows -> Placed<Other> {
    Placed<Other>(place: place, value: try change(value))
  }
}

/// What one agent made of one claim.
package enum Step<Next: Sendable>: Sendable {
  case onward(Next)
  case ended(EndedClaim)
}
