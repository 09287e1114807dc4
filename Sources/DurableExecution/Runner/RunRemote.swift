// The first and third phases of a remote activity. `settle` is the second: it calls the other system.
extension DurableRunner {
  /// Commits to act. Each key that we may act on becomes PENDING with our epoch and lease, along with the activity's
  /// own rows.
  ///
  /// - Parameters:
  ///   - items: the items to act for, one call each.
  ///   - call: makes the call of an item.
  /// - Returns: each item with the intent that we own, or with the answer that already exists.
  /// - Throws: `StoreFailure`, `EncodingError`, any error from `call`; the transaction must then not commit.
  package func intend<A: RemoteActivity, Item>(
    _ activity: A, for items: [Item], in transaction: A.Transaction, call: (Item) throws -> ActivityCall<A.Request>
  ) throws -> [(item: Item, intent: Intent<A>)] {
    // Read before the store is asked for the keys, which may take as long as a lock is held.
    let leaseEnds = pacing.now() + leaseDuration
    let asked = try acquire(activity, for: items, in: transaction, call: call)
    let now = try transaction.now
    let intents = try asked.map { ask in
      (item: ask.item, intent: try intent(of: ask, activity, at: now, leaseEnds: leaseEnds))
    }
    let owned = intents.compactMap { $0.intent.owned }
    let fresh = owned.filter { $0.previous == nil }.map { $0.call }
    if !fresh.isEmpty {
      try transaction.insert(fresh.map { $0.record })
    }
    try transaction.replace(
      owned.compactMap { intent in intent.previous.map { RecordChange(from: $0, to: intent.call.record) } })
    if !owned.isEmpty { try activity.intend(owned.map { $0.call }, in: transaction) }
    return intents
  }

  /// Commits to act for one call.
  ///
  /// - Throws: `StoreFailure`, `EncodingError`; the transaction must then not commit.
  package func intend<A: RemoteActivity>(
    _ activity: A, _ call: ActivityCall<A.Request>, in transaction: A.Transaction
  ) throws -> Intent<A> {
    guard let intended = try intend(activity, for: [call], in: transaction, call: { $0 }).first else {
      throw StoreFailure.corrupt("\(A.self) was not asked")
    }
    return intended.intent
  }

  private func intent<A: RemoteActivity, Item>(
    of ask: Asked<Item, A.Request>, _ activity: A, at now: Timestamp, leaseEnds: ContinuousClock.Instant
  ) throws -> Intent<A> {
    switch ask.acquisition {
    case .mismatch: return .answered(.mismatch(ask.key))
    case .inProgress(let until): return .answered(.inProgress(until: until))
    case .replayed(let record):
      return .answered(
        try answer(A.Key.Response.self, from: record, lineage: ask.call.lineage, isReplay: true))
    case .acquired(let record, let previous):
      // For a twin in the same batch, the first call owns the key, and the second asks again when the first is done.
      guard !ask.isRepeat else { return .answered(.inProgress(until: now)) }
      return .owned(
        OwnedIntent(
          call: OwnedCall(request: ask.call.request, record: record), lineage: ask.call.lineage,
          isTakeover: previous != nil, leaseEnds: leaseEnds, previous: previous))
    }
  }

  /// Commits the results of the intents that we still own. A key with a newer owner is left to that owner.
  ///
  /// - Returns: each settled intent's outcome, under its key: done, refused, or still in progress if the outcome is
  ///   unknown or another worker owns the key.
  /// - Throws: `StoreFailure`; the transaction must then not commit.
  package func record<A: RemoteActivity>(
    _ activity: A, _ settled: [SettledIntent<A>], in transaction: A.Transaction
  ) throws -> [KeyText: ActivityOutcome<A.Key.Response>] {
    let held = try holdDefinite(settled, in: transaction)
    let ours = settled.filter { held.contains($0.key) }
    let done = ours.compactMap { settled in
      if case .done(let receipt) = settled.result { (call: settled.intent.call, receipt: receipt) } else { nil }
    }
    let refusals = ours.compactMap { settled in
      if case .refused(let failure) = settled.result { (call: settled.intent.call, failure: failure) } else { nil }
    }
    let responses = try done.isEmpty ? Answers() : activity.complete(done, in: transaction)
    if !refusals.isEmpty { try activity.refused(refusals, in: transaction) }
    var outcomes = OutcomeWriter(now: try transaction.now)
    var answers: [KeyText: ActivityOutcome<A.Key.Response>] = [:]
    for item in settled {
      answers[item.key] = try outcome(
        of: item, activity, isOurs: held.contains(item.key), response: responses[item.key], &outcomes)
    }
    try outcomes.write(to: transaction)
    return answers
  }

  private func outcome<A: RemoteActivity>(
    of item: SettledIntent<A>, _ activity: A, isOurs: Bool, response: Result<A.Key.Response, ActivityFailure>?,
    _ outcomes: inout OutcomeWriter
  ) throws -> ActivityOutcome<A.Key.Response> {
    let (call, pending) = (item.intent.call, item.intent.call.record)
    switch item.result {
    case .unclear, .fenced:
      guard case .pending(let lease) = pending.state else { return .inProgress(until: outcomes.now) }
      return .inProgress(until: lease.expiresAt)
    case .refused(let failure):
      guard isOurs else { return .inProgress(until: outcomes.now) }
      try outcomes.failed(activity, call, failure, previous: pending)
      return .failed(failure, isReplay: false)
    case .done:
      guard isOurs else { return .inProgress(until: outcomes.now) }
      switch response {
      case nil: throw StoreFailure.corrupt("\(A.self) did not answer each receipt once")
      case .failure(let failure)?:
        // What may be recorded later stays pending. The next owner asks the other system.
        if failure.isTerminal { try outcomes.failed(activity, call, failure, previous: pending) }
        return .failed(failure, isReplay: false)
      case .success(let value)?:
        let stored = try ResponseCoding.stored(value)
        let record = try outcomes.completed(activity, call, response: value, stored: stored, previous: pending)
        return .completed(
          Completion(
            response: value, stored: stored, key: record.key, lineage: item.intent.lineage.below(record),
            isReplay: false))
      }
    }
  }

  /// Locks the keys of the intents whose outcome may be written: those that have a definite outcome and no newer owner.
  private func holdDefinite<A: RemoteActivity>(
    _ settled: [SettledIntent<A>], in transaction: A.Transaction
  ) throws -> Set<KeyText> {
    let definite = settled.filter { $0.isDefinite }.map { $0.intent.call.record }
    guard !definite.isEmpty else { return [] }
    let held = try transaction.hold(definite.map { ($0.key, $0.epoch) })
    count { $0.fenced += definite.count - held.count }
    return held
  }
}

extension SettledIntent {
  /// Whether the other system has given an answer to record.
  fileprivate var isDefinite: Bool {
    switch result {
    case .done, .refused: true
    case .unclear, .fenced: false
    }
  }
}

/// The result of `intend` for one call.
package enum Intent<A: RemoteActivity>: Sendable {
  /// We own the key and are to settle the intent.
  case owned(OwnedIntent<A>)
  case answered(ActivityOutcome<A.Key.Response>)

  package var owned: OwnedIntent<A>? {
    if case .owned(let intent) = self { intent } else { nil }
  }
}

/// A committed intent: the key is PENDING under our epoch.
package struct OwnedIntent<A: RemoteActivity>: Sendable {
  package let call: OwnedCall<A.Request>
  package let lineage: Lineage
  /// Whether an earlier owner may have acted. If so, ask before sending anything.
  package let isTakeover: Bool
  /// The end of the lease by our own clock. Nothing is sent after it. It may be later than the store's own end, by as long
  /// as the transaction ran before `intend`; what stops late work for certain is the epoch.
  let leaseEnds: ContinuousClock.Instant
  let previous: KeyRecord?
}

/// An intent after the other system was called or asked.
package struct SettledIntent<A: RemoteActivity>: Sendable {
  package let intent: OwnedIntent<A>
  /// The key that the intent is recorded under.
  package var key: KeyText { intent.call.record.key }
  package let result: RemoteReply<A.Receipt>
}
