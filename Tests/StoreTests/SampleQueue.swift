import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL

/// Makes and leases queued claims without content.
enum SampleQueue {
  static func claims(_ numbers: ClosedRange<Int>, of payer: String = "A", priority: Int = 0) -> [QueuedClaim] {
    numbers.map {
      QueuedClaim(
        key: KeyText(effect: "intake", segments: [payer, "\($0)"]), payerID: PayerID(payer), priority: priority,
        receivedOn: .openEnd, body: Array("{}".utf8), source: "claims.837", place: "segment \($0)")
    }
  }

  static func lease(
    _ limit: Int, from store: ClaimStore, for duration: Duration = .seconds(600)
  ) async throws -> [LeasedClaim] {
    try await store.transaction {
      try $0.lease(upTo: limit, by: WorkerID("worker"), until: $0.now.adding(duration))
    }
  }
}

extension ClaimQueue {
  /// Submits claims without a limit and returns the number of new ones.
  func submit(_ claims: [QueuedClaim]) throws -> Int { try submit(claims, limit: .max).queued }
}
