package import DurableExecution

/// How a claim left the chain.
package enum EndedClaim: Sendable {
  /// All five agents are done with it.
  case audited(AuditedClaim)
  /// Intake sent it back.
  case rejected(ActivityFailure, key: KeyText, isReplay: Bool)
  /// It is not at its end, and nothing says that it will not get there: run it again.
  case unsettled(Unsettled)

  init(_ stopped: StoppedClaim) {
    self =
      switch stopped {
      case .rejected(let failure, let key, let isReplay): .rejected(failure, key: key, isReplay: isReplay)
      case .unsettled(let unsettled): .unsettled(unsettled)
      }
  }
}

extension Batch {
  /// Each claim as it left the chain.
  ///
  /// - Parameter end: what becomes of a claim that no agent stopped.
  func ended(_ end: (Phase) -> EndedClaim) -> [Placed<EndedClaim>] {
    results(end, stopped: EndedClaim.init)
  }
}
