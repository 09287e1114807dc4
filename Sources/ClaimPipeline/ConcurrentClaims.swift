import ClaimStore
package import ClaimsDomain
import DurableExecution
import Tracing

/// Processes the claims of concurrent callers together, so that they share the transactions of a batch and their commits.
///
/// Claims that come while no others are under way are processed at once. The rest wait until those have ended, though not
/// for long, and are then one batch. Each claim ends as it would alone: an error that concerns one stops that one, and a
/// caller with a claim that another worker holds waits for it without the others.
package final class ConcurrentClaims: Sendable {
  private typealias Caller = Turns<[Placed<SubmittedClaim>], [Placed<EndedClaim>]?>.Caller

  private let processor: ClaimProcessor
  /// The result is nil for a caller who has to go on alone.
  private let turns: Turns<[Placed<SubmittedClaim>], [Placed<EndedClaim>]?>

  /// - Parameters:
  ///   - limit: the maximum number of callers whose claims are processed together.
  ///   - patience: how long callers wait for those whose claims are under way, for example at the bank.
  package init(_ processor: ClaimProcessor, limit: Int = 32, patience: Duration = .milliseconds(25)) {
    self.processor = processor
    turns = Turns(slots: .max, limit: limit, patience: patience) { callers in
      await Self.process(callers, by: processor)
    }
  }

  /// The number of callers who wait for others.
  package var waitingCount: Int { turns.waitingCount }

  /// Processes claims from intake to audit, alone or with those of others. Claims within a trace are processed alone, so
  /// that their spans are those of their trace.
  ///
  /// - Returns: how each claim ended, with the claim's place.
  /// - Throws: as `ClaimProcessor.process`.
  package func process(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<EndedClaim>] {
    guard !claims.isEmpty, InstrumentationContext.current == nil else { return try await processor.process(claims) }
    guard let ended = try await turns.run(claims, alone: { try await processor.once(claims) }) else {
      return try await processor.process(claims)
    }
    // A caller waits for other workers without keeping others waiting.
    let waiting = Set(ended.lazy.filter(\.value.isWorthRetrying).map(\.place))
    guard !waiting.isEmpty else { return ended }
    let again = Answers(
      try await processor.process(claims.filter { waiting.contains($0.place) }).map { ($0.place, $0.value) })
    return ended.map { claim in claim.map { again[claim.place] ?? $0 } }
  }

  private static func process(_ callers: [Caller], by processor: ClaimProcessor) async {
    let claims = callers.flatMap { $0.work.map(\.value) }
    do {
      let ended = Answers(try await processor.once(claims.placed).map { ($0.place, $0.value) })
      var first = 0
      for caller in callers {
        let results = caller.work.enumerated().map { index, claim in
          claim.map { _ in ended[first + index] ?? .unsettled(.noAnswer) }
        }
        first += caller.work.count
        caller.end(.success(results))
      }
    } catch {
      let mayLieInOne =
        switch error as? StoreFailure {
        case .busy, .failed: true
        default: false
        }
      for caller in callers { caller.end(mayLieInOne ? .success(nil) : .failure(error)) }
    }
  }
}
