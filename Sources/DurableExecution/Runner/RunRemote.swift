// A remote activity's first and third moment. The second, telling the other system, is `settle`.
extension DurableRunner {
  /// Commits to act: each key we may act on becomes PENDING with our epoch and lease, beside the activity's own rows.
  ///
  /// - Returns: for each call the intent we own, or the answer there already is.
  /// - Throws: `StoreFailure`, `EncodingError`; the transaction must then not commit.
  public func intend<A: RemoteActivity>(
    _ activity: A, _ calls: [ActivityCall<A.Request>], in transaction: A.Transaction
  ) throws -> [Intent<A>] {
    let asked = try acquire(activity, calls, in: transaction)
    let intents: [Intent<A>] = try asked.map { ask in
      switch ask.acquisition {
      case .mismatch: return .answered(.mismatch(ask.key))
      case .inProgress(let until): return .answered(.inProgress(until: until))
      case .replayed(let record):
        return .answered(
          try answer(A.Key.Response.self, from: record, lineage: ask.call.lineage, isReplay: true))
      case .acquired(let record, let previous):
        // A twin in the same batch: the first owns the key, the second asks again when it is done.
        guard !ask.isRepeat else { return .answered(.inProgress(until: transaction.now)) }
        return .owned(
          OwnedIntent(
            call: OwnedCall(request: ask.call.request, record: record), lineage: ask.call.lineage,
            isTakeover: previous != nil, leaseEnds: ContinuousClock.now + leaseDuration, previous: previous))
      }
    }
    let owned = intents.compactMap(\.owned)
    let fresh = owned.filter { $0.previous == nil }.map(\.call)
    if !fresh.isEmpty {
      try transaction.insert(fresh.map(\.record))
    }
    try transaction.replace(
      owned.compactMap { intent in intent.previous.map { RecordChange(from: $0, to: intent.call.record) } })
    if !owned.isEmpty { try activity.intend(owned.map(\.call), in: transaction) }
    return intents
  }

  /// Commits what came of it, where we are still the owner. What has a newer owner is left to it.
  ///
  /// - Returns: for each settled intent its outcome: done, refused, or still in progress where nobody knows or somebody
  ///   else is at it.
  /// - Throws: `StoreFailure`; the transaction must then not commit.
  public func record<A: RemoteActivity>(
    _ activity: A, _ settled: [SettledIntent<A>], in transaction: A.Transaction
  ) throws -> [ActivityOutcome<A.Key.Response>] {
    let ours = try stillOurs(settled, in: transaction)
    let done = zip(settled, ours).compactMap { intent, isOurs in
      if isOurs, case .done(let receipt) = intent.result { (call: intent.intent.call, receipt: receipt) } else { nil }
    }
    let refusals = zip(settled, ours).compactMap { intent, isOurs in
      if isOurs, case .refused(let failure) = intent.result {
        (call: intent.intent.call, failure: failure)
      } else {
        nil
      }
    }
    var responses = try done.isEmpty ? [] : activity.complete(done, in: transaction)[...]
    if !refusals.isEmpty { try activity.refused(refusals, in: transaction) }
    var outcomes = OutcomeWriter(now: transaction.now)
    let answers: [ActivityOutcome<A.Key.Response>] = try zip(settled, ours).map { item, isOurs in
      let (call, pending) = (item.intent.call, item.intent.call.record)
      guard isOurs else { return .inProgress(until: transaction.now) }
      switch item.result {
      case .unclear, .fenced:
        guard case .pending(let lease) = pending.state else { return .inProgress(until: transaction.now) }
        return .inProgress(until: lease.expiresAt)
      case .refused(let failure):
        try outcomes.failed(activity, call, failure, previous: pending)
        return .failed(failure, isReplay: false)
      case .done:
        guard let response = responses.popFirst() else {
          throw StoreFailure.corrupt("\(A.self) answered fewer receipts than it was given")
        }
        switch response {
        case .failure(let failure):
          try outcomes.failed(activity, call, failure, previous: pending)
          return .failed(failure, isReplay: false)
        case .success(let value):
          let stored = try ResponseCoding.stored(value)
          let record = try outcomes.completed(activity, call, response: value, stored: stored, previous: pending)
          return .completed(
            Completion(
              response: value, stored: stored, key: record.key, lineage: item.intent.lineage.below(record),
              isReplay: false))
        }
      }
    }
    try outcomes.write(to: transaction)
    return answers
  }

  /// For each intent whether its outcome may be written: there is one, and no newer owner.
  private func stillOurs<A: RemoteActivity>(
    _ settled: [SettledIntent<A>], in transaction: A.Transaction
  ) throws -> [Bool] {
    let definite = settled.filter(\.isDefinite).map(\.intent.call.record)
    guard !definite.isEmpty else { return settled.map { _ in true } }
    let held = try transaction.hold(definite.map { ($0.key, $0.epoch) })
    count { $0.fenced += definite.count - held.count }
    return settled.map { !$0.isDefinite || held.contains($0.intent.call.record.key) }
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
