import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain
import DurableExecution

/// Puts what a feed holds into the queue, a transaction a batch.
package struct QueueFeeder<Store: ClaimStore>: Sendable {
  private let store: Store
  private let feed: ClaimFeed
  private let priority: Int
  private let receivedOn: CalendarDate?

  package struct Tally: Sendable {
    package var read = 0
    /// Not in the queue before.
    package var queued = 0
    package var rejected = 0
    package var faults = 0
  }

  /// - Parameter receivedOn: the day of receipt; nil for today by the database's clock (UTC).
  package init(_ store: Store, feed: ClaimFeed, priority: Int, receivedOn: CalendarDate?) {
    self.store = store
    self.feed = feed
    self.priority = priority
    self.receivedOn = receivedOn
  }

  /// - Parameter complain: given what is no claim that can be queued.
  /// - Throws: `StoreFailure`, `EncodingError`. What was queued before stays queued, and to submit all of it again adds
  ///   only the rest.
  package func run(complain: (ClaimResult) -> Void) async throws -> Tally {
    var tally = Tally()
    while let entries = await feed.next() {
      var claims: [QueuedClaim] = []
      for entry in entries {
        switch entry.item {
        case .claim(let claim, let location):
          claims.append(try queued(claim, source: entry.source, place: "\(location)"))
        case .rejected(let rejection):
          tally.rejected += 1
          complain(ClaimResult(source: entry.source, kind: .rejected(rejection)))
        case .fault(let fault):
          if fault.severity == .error { tally.faults += 1 }
          complain(ClaimResult(source: entry.source, kind: .fault(fault)))
        }
      }
      tally.read += claims.count
      let (batch, receivedOn) = (claims, receivedOn)
      tally.queued += try await store.transaction { transaction in
        let day = receivedOn ?? transaction.now.day
        return try transaction.submit(batch.map { $0.received(on: day) })
      }
    }
    return tally
  }

  private func queued(_ claim: SubmittedClaim, source: String, place: String) throws -> QueuedClaim {
    QueuedClaim(
      key: IntakeKey(of: claim).text, payerID: claim.payer.id, priority: priority, receivedOn: .openEnd,
      body: try CanonicalJSON.bytes(of: claim), source: source, place: place)
  }
}

extension QueuedClaim {
  fileprivate func received(on day: CalendarDate) -> QueuedClaim {
    var claim = self
    claim.receivedOn = day
    return claim
  }
}
