/// Claims on their way through the agents, some of them already at their end. The order is the caller's.
package struct Batch<Phase: Sendable>: Sendable {
  private let places: [Step<Phase>]

  private init(places: [Step<Phase>]) {
    self.places = places
  }

  package init(_ phases: [Phase]) {
    places = phases.map(Step.onward)
  }

  /// Takes those still under way through one more step.
  ///
  /// - Parameter step: answers for each claim it is given, in order.
  package func advance<Next: Sendable>(_ step: ([Phase]) throws -> [Step<Next>]) rethrows -> Batch<Next> {
    joined(with: try step(onward))
  }

  package func advance<Next: Sendable>(_ step: ([Phase]) async throws -> [Step<Next>]) async rethrows -> Batch<Next> {
    joined(with: try await step(onward))
  }

  package var onward: [Phase] {
    places.compactMap { if case .onward(let phase) = $0 { phase } else { nil } }
  }

  /// Everything at its end.
  package func ended(_ end: (Phase) -> EndedClaim) -> [EndedClaim] {
    results(end) { $0 }
  }

  /// For each claim what is made of it, wherever it is.
  package func results<Result>(_ onward: (Phase) -> Result, ended: (EndedClaim) -> Result) -> [Result] {
    places.map { place in
      switch place {
      case .onward(let phase): onward(phase)
      case .ended(let end): ended(end)
      }
    }
  }

  /// Each claim as a batch of its own.
  package func each() -> [Batch<Phase>] { places.map { Batch(places: [$0]) } }

  private func joined<Next: Sendable>(with results: [Step<Next>]) -> Batch<Next> {
    var results = results[...]
    return Batch<Next>(
      places: places.map { place in
        switch place {
        case .onward: results.popFirst() ?? .ended(.unsettled(.noAnswer))
        case .ended(let ended): .ended(ended)
        }
      })
  }
}

/// What one agent made of one claim.
package enum Step<Next: Sendable>: Sendable {
  case onward(Next)
  case ended(EndedClaim)
}
