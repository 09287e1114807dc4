import DurableExecution

/// Claims on their way through the agents, some of them stopped, in the caller's order.
///
/// A claim keeps its place through every step, and the results of an agent are matched to claims by place.
package struct Batch<Phase: Sendable>: Sendable {
  private let steps: [Placed<Step<Phase>>]

  private init(steps: [Placed<Step<Phase>>]) {
    self.steps = steps
  }

  package init(_ phases: [Placed<Phase>]) {
    steps = phases.map { $0.map(Step.onward) }
  }

  /// Takes the claims that are still under way through one more step.
  ///
  /// - Parameter step: returns each claim with its place. A claim that is not returned exactly once stays unsettled.
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

  /// The result of a function for each claim, whether it goes onward or was stopped.
  package func results<Result>(_ onward: (Phase) -> Result, stopped: (StoppedClaim) -> Result) -> [Placed<Result>] {
    steps.map { claim in
      claim.map { step in
        switch step {
        case .onward(let phase): onward(phase)
        case .stopped(let stop): stopped(stop)
        }
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
    steps.compactMap { claim in
      if case .onward(let phase) = claim.value { claim.map { _ in phase } } else { nil }
    }
  }

  private func joined<Next: Sendable>(with results: [Placed<Step<Next>>]) -> Batch<Next> {
    let answers = Answers(results.map { ($0.place, $0.value) })
    return Batch<Next>(
      steps: steps.map { claim in
        claim.map { step in
          switch step {
          case .stopped(let stop): .stopped(stop)
          case .onward: answers[claim.place] ?? .stopped(.unsettled(.noAnswer))
          }
        }
      })
  }
}

/// A value for one claim of a batch, with the place that the caller gave the claim.
package struct Placed<Value> {
  package let place: Int
  package let value: Value

  package init(place: Int, value: Value) {
    self.place = place
    self.value = value
  }

  /// Returns another value for the same claim.
  package func map<Other>(_ change: (Value) throws -> Other) rethrows -> Placed<Other> {
    Placed<Other>(place: place, value: try change(value))
  }
}

extension Placed: Sendable where Value: Sendable {}

extension Sequence {
  /// The elements with their places in the sequence.
  package var placed: [Placed<Element>] { enumerated().map(Placed.init) }
}

/// The result of one agent for one claim.
package enum Step<Next: Sendable>: Sendable {
  case onward(Next)
  case stopped(StoppedClaim)
}
