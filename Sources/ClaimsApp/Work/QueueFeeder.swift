import BankProtocol
import ClaimFormats
package import ClaimOperations
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Telemetry
import Tracing

/// Puts the claims of a feed into the queue, some in each transaction, and no more than the queue has room for. Together
/// they are a batch, whose ID is made from the content of the feed and its sender.
package struct QueueFeeder: Sendable {
  private let store: ClaimStore
  private let feed: ClaimFeed
  private let settings: SubmitSettings
  private let pacing: Pacing

  /// The number of claims to submit in one transaction.
  private static let stride = 500

  package init(_ store: ClaimStore, feed: ClaimFeed, settings: SubmitSettings, pacing: Pacing = .system) {
    self.store = store
    self.feed = feed
    self.settings = settings
    self.pacing = pacing
  }

  private struct Candidate: Sendable {
    let claim: SubmittedClaim
    let location: SourceLocation
    /// The day of receipt that the claim's file states, if that counts.
    let receivedOn: CalendarDate?
    var queued: QueuedClaim
  }

  /// - Parameters:
  ///   - complain: receives everything that is not a claim that can be queued.
  ///   - tellOfWait: called once, the first time there is no room.
  ///   - finish: receives the name of each source whose claims are all in the queue, or cannot be queued.
  /// - Throws: `StoreFailure`, `EncodingError`, `InputError`. Claims queued before then stay queued, and submitting
  ///   everything again adds only the rest.
  package func run(
    complain: (ClaimResult) -> Void, tellOfWait: () -> Void, finish: (String) -> Void = { _ in }
  ) async throws -> SubmissionTally {
    try await withSpan("submit", ofKind: .producer) { span in
      let batch = SubmittedBatch(from: settings.sender, contentDigest: try await feed.contentDigest())
      var tally = SubmissionTally(batch: batch)
      defer { span.attributes["claims"] = tally.queued }
      try await take(&tally, complain, tellOfWait, finish)
      try await note(tally)
      return tally
    }
  }

  private func take(
    _ tally: inout SubmissionTally, _ complain: (ClaimResult) -> Void, _ tellOfWait: () -> Void,
    _ finish: (String) -> Void
  ) async throws {
    var hasWaited = false
    while let entries = try await feed.next(upTo: Self.stride) {
      var part = try candidates(in: entries, &tally, complain)[...]
      var pause = Backoff.whileAway
      while true {
        let left = try await submit(part, &tally, complain)
        guard let next = left.first else { break }
        guard settings.waitsForRoom else {
          tally.stoppedAt = .init(
            claimNumber: next.claim.claimNumber.text, source: next.queued.source, place: next.queued.place)
          return
        }
        if !hasWaited { tellOfWait() }
        hasWaited = true
        if left.count < part.count { pause = Backoff.whileAway }
        part = left
        guard try await wait(for: pause.next(pacing)) else { return }
      }
      entries.filter(\.endsSource).map(\.source).forEach(finish)
    }
  }

  /// Records what was not queued, and whether the whole submission has been taken in. A submission with nothing in it that
  /// can be called a claim is no batch.
  private func note(_ tally: SubmissionTally) async throws {
    guard tally.isBatch else { return }
    let isWhole = tally.stoppedAt == nil && !feed.isStopped
    try await store.transaction { transaction in
      try transaction.open(tally.batch)
      try transaction.note(tally.batch.id, unreadable: tally.rejected, isWhole: isWhole)
    }
  }

  private func candidates(
    in entries: [ClaimFeed.Entry], _ tally: inout SubmissionTally, _ complain: (ClaimResult) -> Void
  ) throws -> [Candidate] {
    var candidates: [Candidate] = []
    // The claims are worked on in the trace in which they are submitted.
    let traceparent = InstrumentationContext.current?.traceContext?.header
    for entry in entries {
      switch entry.item {
      case .claim(let claim, let location):
        let queued = QueuedClaim(
          key: IntakeKey(of: claim).text, payerID: claim.payer.id, priority: settings.priority, receivedOn: .openEnd,
          body: try CanonicalJSON.bytes(of: claim), source: entry.source, place: "\(location)",
          traceparent: traceparent)
        candidates.append(
          Candidate(claim: claim, location: location, receivedOn: entry.receivedOn, queued: queued))
      case .rejected(let rejection):
        tally.rejected += 1
        complain(ClaimResult(source: entry.source, kind: .rejected(rejection)))
      case .fault(let fault):
        if fault.severity == .error { tally.faults += 1 }
        complain(ClaimResult(source: entry.source, kind: .fault(fault)))
      case .form(let form):
        if form.isDiscarded { tally.rejected += 1 } else { tally.forms += 1 }
        complain(ClaimResult(source: entry.source, kind: .form(form)))
      case .passedOver(let fault): complain(ClaimResult(source: entry.source, kind: .passedOver(fault)))
      }
    }
    return candidates
  }

  /// Puts claims into the queue. If the database refuses one of them, the batch is split in half repeatedly, and the
  /// claim that causes the error alone is rejected.
  ///
  /// - Returns: the claims that found no room.
  private func submit(
    _ batch: ArraySlice<Candidate>, _ tally: inout SubmissionTally, _ complain: (ClaimResult) -> Void
  ) async throws -> ArraySlice<Candidate> {
    do {
      return try await enter(batch, &tally)
    } catch {
      guard let only = batch.first, FailureCode(ofOneClaim: error)?.followUp == .person else { throw error }
      guard batch.count > 1 else {
        tally.rejected += 1
        let rejection = ClaimRejection(
          claimNumber: only.claim.claimNumber, payerID: only.claim.payer.id, charge: only.claim.charge,
          location: only.location, reason: "\(error)")
        complain(ClaimResult(source: only.queued.source, kind: .rejected(rejection)))
        return []
      }
      let middle = batch.startIndex + batch.count / 2
      let left = try await submit(batch[..<middle], &tally, complain)
      guard left.isEmpty else { return left + batch[middle...] }
      return try await submit(batch[middle...], &tally, complain)
    }
  }

  /// Queues the claims that are not finished. Queuing finished ones again would keep a file longer than the queue from
  /// ever getting past its first part.
  ///
  /// - Returns: the claims that found no room.
  private func enter(
    _ batch: ArraySlice<Candidate>, _ tally: inout SubmissionTally
  ) async throws -> ArraySlice<Candidate> {
    guard !batch.isEmpty else { return [] }
    let (settings, submitted) = (settings, tally.batch)
    let (open, submission) = try await store.transaction { transaction in
      try transaction.open(submitted)
      let day = try settings.receivedOn ?? transaction.now.day
      let ended = try transaction.ended(among: batch.map(\.queued.key))
      let open = batch.filter { !ended.contains($0.queued.key) }
      let claims = open.map { $0.queued.received(on: $0.receivedOn ?? day) }
      let submission = try transaction.submit(claims, limit: settings.queueLimit)
      let left = Set(open.suffix(submission.withoutRoom).map(\.queued.key))
      try transaction.add(batch.map(\.queued.key).filter { !left.contains($0) }, to: submitted.id)
      return (open, submission)
    }
    tally.queued += submission.queued
    tally.alreadyQueued += submission.alreadyThere
    tally.ended += batch.count - open.count
    return open.suffix(submission.withoutRoom)
  }

  /// - Returns: false when the feed was stopped in the meantime.
  private func wait(for duration: Duration) async throws -> Bool {
    let end = pacing.now() + duration
    while pacing.now() < end {
      if feed.isStopped { return false }
      try await pacing.sleep(.milliseconds(100))
    }
    return !feed.isStopped
  }
}

extension QueuedClaim {
  fileprivate func received(on day: CalendarDate) -> QueuedClaim {
    var claim = self
    claim.receivedOn = day
    return claim
  }
}

/// The result of a submission.
package struct SubmissionTally: Sendable {
  package let batch: SubmittedBatch
  /// Claims added to the queue.
  package var queued = 0
  /// Claims that were already in the queue.
  package var alreadyQueued = 0
  /// Claims skipped because there is nothing left to do about them.
  package var ended = 0
  package var rejected = 0
  /// Paper forms that wait for a person at the intake desk.
  package var forms = 0
  package var faults = 0
  /// The first claim without room, if the submission stopped there.
  package var stoppedAt: ClaimPlace?

  fileprivate init(batch: SubmittedBatch) {
    self.batch = batch
  }

  /// Whether the submission has claims, or what was meant as one. A paper form that waits is a claim once it is accepted,
  /// and not before.
  package var isBatch: Bool { queued + alreadyQueued + ended + rejected > 0 }

  /// A claim as shown to people: the provider's number, and where the claim is in the input.
  package struct ClaimPlace: Sendable {
    package let claimNumber: String
    package let source: String
    package let place: String
  }
}

/// How claims are queued.
package struct SubmitSettings: Sendable {
  /// The name under which the sender is on record.
  package var sender: String
  package var priority: Int
  /// The day of receipt of claims for which the feed gives none; nil for today by the database's clock (UTC).
  package var receivedOn: CalendarDate?
  /// The number of claims that the queue may hold, from all submitters. Claims that were set aside do not count.
  package var queueLimit: Int
  /// Whether to wait for room or stop at the first claim that finds none.
  package var waitsForRoom: Bool

  package init(
    sender: String, priority: Int = 0, receivedOn: CalendarDate? = nil, queueLimit: Int = 1_000_000,
    waitsForRoom: Bool = true
  ) {
    self.sender = sender
    self.priority = priority
    self.receivedOn = receivedOn
    self.queueLimit = queueLimit
    self.waitsForRoom = waitsForRoom
  }
}
