import Synchronization

// The second phase of a remote activity.
extension DurableRunner {
  /// Calls the other system, outside any transaction, until each intent has an answer or the retry budget is exhausted.
  ///
  /// After a takeover or an unclear reply, the other system is asked what happened before anything is sent. Leases are
  /// renewed meanwhile; after they end, nothing more is sent.
  ///
  /// - Returns: each intent with its result. An unknown outcome stays `unclear`.
  package func settle<A: RemoteActivity>(
    _ activity: A, _ intents: [OwnedIntent<A>], keepingLeasesIn store: some DurableStore<A.Transaction>
  ) async -> [SettledIntent<A>] {
    guard let leaseEnds = intents.map({ $0.leaseEnds }).min() else { return [] }
    let keeper = LeaseKeeper(endsAt: leaseEnds, duration: leaseDuration, pacing: pacing)
    let keeping = Task {
      await keeper.keep(intents.map { ($0.call.record.key, $0.call.record.epoch) }, in: store)
    }
    defer { keeping.cancel() }

    var settlements = intents.map(Settlement<A>.init)
    let began = pacing.now()
    var chance = pacing.chance
    let maySend = { keeper.isSurelyOurs && !Task.isCancelled }
    for attempt in 1... {
      guard maySend() else {
        leaveOpen(&settlements, .leaseEnded)
        break
      }
      await advance(&settlements, activity, while: maySend)
      guard settlements.contains(where: { $0.result == nil }) else { break }
      let elapsed = pacing.now() - began
      guard let delay = retry.delay(afterAttempt: attempt, elapsed: elapsed, using: &chance) else { break }
      try? await pacing.sleep(delay)
    }
    leaveOpen(&settlements, nil)
    let fenced = settlements.count { if case .fenced = $0.result { true } else { false } }
    count { $0.fenced += fenced }
    return settlements.compactMap { settlement in
      settlement.result.map { SettledIntent(intent: settlement.intent, result: $0) }
    }
  }

  /// Runs one round: ask where there is doubt, prepare what is new, commit what is prepared. An answer may take longer
  /// than the lease, so the lease is checked again before each step that sends something.
  private func advance<A: RemoteActivity>(
    _ settlements: inout [Settlement<A>], _ activity: A, while maySend: () -> Bool
  ) async {
    let asking = settlements.positions(at: .ask)
    if !asking.isEmpty {
      let standings = await activity.standing(of: asking.map { settlements[$0].call })
      for position in asking { settlements[position].heard(standings[settlements[position].call.idempotencyKey]) }
    }
    let preparing = settlements.positions(at: .prepare)
    if !preparing.isEmpty, maySend() {
      let replies = await activity.prepare(preparing.map { settlements[$0].call })
      for position in preparing {
        settlements[position].heard(prepared: replies[settlements[position].call.idempotencyKey])
      }
    }
    let committing = settlements.positions(at: .commit)
    if !committing.isEmpty, maySend() {
      let replies = await activity.commit(committing.map { settlements[$0].call })
      for position in committing {
        settlements[position].heard(committed: replies[settlements[position].call.idempotencyKey])
      }
    }
  }

  private func leaveOpen<A: RemoteActivity>(_ settlements: inout [Settlement<A>], _ failure: ActivityFailure?) {
    for position in settlements.indices where settlements[position].result == nil {
      settlements[position].leaveOpen(failure)
    }
  }
}

extension Array {
  fileprivate func positions<A>(at step: Settlement<A>.Step) -> [Int] where Element == Settlement<A> {
    indices.filter { self[$0].result == nil && self[$0].next == step }
  }
}

/// The progress of one intent toward a result: the next step, and the other system's answers so far. Pure.
struct Settlement<A: RemoteActivity> {
  let intent: OwnedIntent<A>
  var call: RemoteCall<A.Request>
  private(set) var next: Step
  private(set) var result: RemoteReply<A.Receipt>?
  /// The reason that the last attempt was unclear.
  private var doubt: ActivityFailure?

  enum Step {
    case ask
    case prepare
    case commit
  }

  init(_ intent: OwnedIntent<A>) {
    self.intent = intent
    call = RemoteCall(
      request: intent.call.request, idempotencyKey: intent.call.effectKey, trackingID: intent.call.record.trackingID,
      epoch: intent.call.record.epoch)
    next = intent.isTakeover ? .ask : .prepare
  }

  /// Processes an answer to `standing`; nil if the other system gave none, or two.
  mutating func heard(_ standing: RemoteStanding<A.Receipt>?) {
    switch standing ?? .unknown(.noSingleAnswer) {
    case .neverHeardOf: next = .prepare
    case .prepared: next = .commit
    case .done(let receipt): result = .done(receipt)
    case .refused(let failure): result = .refused(failure)
    // Do not ask again if only a person can resolve the outcome.
    case .unknown(let failure) where failure.isTerminal: result = .unclear(failure)
    case .unknown(let failure): doubt = failure
    case .fenced: result = .fenced
    }
  }

  mutating func heard(prepared reply: RemoteReply<TrackingID>?) {
    switch reply ?? .unclear(.noSingleAnswer) {
    case .done(let trackingID):
      call.trackingID = trackingID
      next = .commit
    case .refused(let failure): result = .refused(failure)
    case .unclear(let failure): doubted(failure)
    case .fenced: result = .fenced
    }
  }

  mutating func heard(committed reply: RemoteReply<A.Receipt>?) {
    let reply = reply ?? .unclear(.noSingleAnswer)
    switch reply {
    case .done, .refused, .fenced: result = reply
    case .unclear(let failure): doubted(failure)
    }
  }

  /// Ends this attempt without an outcome: the key stays pending, and a later attempt settles it.
  mutating func leaveOpen(_ failure: ActivityFailure? = nil) {
    result = .unclear(failure ?? doubt ?? .unknownOutcome)
  }

  private mutating func doubted(_ failure: ActivityFailure) {
    doubt = failure
    next = .ask
  }
}

extension ActivityFailure {
  /// A batch returned no reply for a call, or more than one. The other system's action is unknown.
  static let noSingleAnswer = retryable(
    RunnerFailureCode.noAnswer.rawValue, "the other system did not give exactly one answer to this call")
}

/// Renews the leases of a batch while another system is called, and tracks how long they are certain to be ours.
///
/// The clock here is the worker's own, so this check is only a courtesy that stops late work early. The epoch, at the
/// other system and in the store, is what stops it for certain.
final class LeaseKeeper: Sendable {
  private let ends: Mutex<ContinuousClock.Instant>
  private let duration: Duration
  private let pacing: Pacing

  init(endsAt: ContinuousClock.Instant, duration: Duration, pacing: Pacing = .system) {
    ends = Mutex(endsAt)
    self.duration = duration
    self.pacing = pacing
  }

  var isSurelyOurs: Bool { pacing.now() < ends.withLock { $0 } }

  /// Renews the leases every third of a lease until canceled. If the store cannot be reached, nothing is renewed, and
  /// the leases end.
  func keep(_ leases: [(key: KeyText, epoch: Epoch)], in store: some DurableStore) async {
    while !Task.isCancelled {
      do {
        try await pacing.sleep(duration / 3)
        let asked = pacing.now()
        let length = duration
        let kept = try await store.transaction { transaction in
          try transaction.renew(leases, until: transaction.now.adding(length))
        }
        guard kept.count == leases.count else { return }
        ends.withLock { $0 = asked + length }
      } catch {
        continue
      }
    }
  }
}
