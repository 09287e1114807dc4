// A remote activity's first and third moment. The second, telling the other system, is `settle`.
extension DurableRunner {
  /// Commits to act: each key we may act on becomes PENDING with our epoch and lease, beside the activity's own rows.
  ///
  /// - Parameters:
  ///   - items: what is to be acted for, one call each.
  ///   - call: the call that an item makes.
  /// - Returns: each item with the intent we own, or with the answer there already is.
  /// - Throws: `StoreFailure`, `EncodingError`, what `call` throws; the transaction must then not commit.
  package func intend<A: RemoteActivity, Item>(
    _ activity: A, for items: [Item], in transaction: A.Transaction, call: (Item) throws -> ActivityCall<A.Request>
  ) throws -> [(item: Item, intent: Intent<A>)] {
    let asked = try acquire(activity, for: items, in: transaction, call: call)
    let intents = try asked.map { ask in
      (item: ask.item, intent: try intent(of: ask, activity, at: transaction.now))
    }
    let owned = intents.compactMap(\.intent.owned)
    let fresh = owned.filter { $0.previous == nil }.map(\.call)
    if !fresh.isEmpty {
      try transaction.insert(fresh.map(\.record))
    }
    try transaction.replace(
      owned.compactMap { intent in intent.previous.map { RecordChange(from: $0, to: intent.call.record) } })
    if !owned.isEmpty { try activity.intend(owned.map(\.call), in: transaction) }
    return intents
  }

  /// The same for one call.
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
    of ask: Asked<Item, A.Request>, _ activity: A, at now: Timestamp
  ) throws -> Intent<A> {
    switch ask.acquisition {
    case .mismatch: return .answered(.mismatch(ask.key))
    case .inProgress(let until): return .answered(.inProgress(until: until))
    case .replayed(let record):
      return .answered(
        try answer(A.Key.Response.self, from: record, lineage: ask.call.lineage, isReplay: true))
    case .acquired(let record, let previous):
      // A twin in the same batch: the first owns the key, the second asks again when it is done.
      guard !ask.isRepeat else { return .answered(.inProgress(until: now)) }
      return .owned(
        OwnedIntent(
          call: OwnedCall(request: ask.call.request, record: record), lineage: ask.call.lineage,
          isTakeover: previous != nil, leaseEnds: ContinuousClock.now + leaseDuration, previous: previous))
    }
  }

  /// Commits what came of it, where we are still the owner. What has a newer owner is left to it.
  ///
  /// - Returns: each settled intent's outcome, under its key: done, refused, or still in progress where nobody knows or
  ///   somebody else is at it.
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
    var outcomes = OutcomeWriter(now: transaction.now)
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
        try outcomes.failed(activity, call, failure, previous: pending)
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

  /// Locks the keys of intents whose outcome may be written: there is one, and no newer owner.
  private func holdDefinite<A: RemoteActivity>(
    _ settled: [SettledIntent<A>], in transaction: A.Transaction
  ) throws -> Set<KeyText> {
    let definite = settled.filter(\.isDefinite).map(\.intent.call.record)
    guard !definite.isEmpty else { return [] }
    let held = try transaction.hold(definite.map { ($0.key, $0.epoch) })
    count { $0.fenced += definite.count - held.count }
    return held
  }
}

extension SettledIntent {
  /// Whether the other system has given an answer that is to be written down.
  fileprivate var isDefinite: Bool {
    switch result {
    case .done, .refused: true
    case .unclear, .fenced: false
    }
  }
}

/// What `intend` came to for one call.
package enum Intent<A: RemoteActivity>: Sendable {
  /// Ours to settle.
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
  /// Somebody before us may have acted: ask before anything is sent.
  package let isTakeover: Bool
  /// By our own clock: until when nobody else may have the lease. Past it nothing is sent.
  let leaseEnds: ContinuousClock.Instant
  let previous: KeyRecord?
}

/// An intent after the other system was told, or asked.
package struct SettledIntent<A: RemoteActivity>: Sendable {
  package let intent: OwnedIntent<A>
  /// The key the intent is on record under.
  package var key: KeyText { intent.call.record.key }
  package let result: RemoteReply<A.Receipt>
}
