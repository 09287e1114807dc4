extension DurableRunner {
  /// Runs a batch of local activities: each effect, its response and its event are rows of this transaction.
  ///
  /// - Returns: an outcome for each call, in order. A key asked for twice in the batch is done once.
  /// - Throws: `StoreFailure`, `EncodingError`; the transaction must then not commit.
  public func run<A: LocalActivity>(
    _ activity: A, _ calls: [ActivityCall<A.Request>], in transaction: A.Transaction
  ) throws -> [ActivityOutcome<A.Key.Response>] {
    let asked = try acquire(activity, calls, in: transaction)
    let finished = try perform(activity, asked, in: transaction)
    return try asked.map { ask in
      switch ask.acquisition {
      case .mismatch: return .mismatch(ask.key)
      case .inProgress(let until): return .inProgress(until: until)
      case .replayed(let record):
        return try answer(A.Key.Response.self, from: record, lineage: ask.call.lineage, isReplay: true)
      case .acquired:
        switch finished[ask.key] {
        case .success(let done)?:
          return .completed(
            Completion(
              response: done.response, stored: done.stored, key: ask.key,
              lineage: ask.call.lineage.below(done.record), isReplay: ask.isRepeat))
        case .failure(let failure)?: return .failed(failure, isReplay: ask.isRepeat)
        case nil: throw StoreFailure.corrupt("\(A.self) answered fewer calls than it was given")
        }
      }
    }
  }

  private struct Done<Response> {
    let response: Response
    let stored: StoredResponse
    let record: KeyRecord
  }

  /// Does what is ours to do and writes outcome and event of each.
  private func perform<A: LocalActivity>(
    _ activity: A, _ asked: [Asked<A.Request>], in transaction: A.Transaction
  ) throws -> [KeyText: Result<Done<A.Key.Response>, ActivityFailure>] {
    var owned: [(call: OwnedCall<A.Request>, previous: KeyRecord?)] = []
    for ask in asked where !ask.isRepeat {
      guard case .acquired(let record, let previous) = ask.acquisition else { continue }
      owned.append((OwnedCall(request: ask.call.request, record: record), previous))
    }
    guard !owned.isEmpty else { return [:] }
    let results = try activity.perform(owned.map(\.call), in: transaction)
    var outcomes = OutcomeWriter(now: transaction.now)
    var finished: [KeyText: Result<Done<A.Key.Response>, ActivityFailure>] = [:]
    for ((call, previous), result) in zip(owned, results) {
      switch result {
      case .success(let response):
        let stored = try ResponseCoding.stored(response)
        let record = try outcomes.completed(activity, call, response: response, stored: stored, previous: previous)
        finished[record.key] = .success(Done(response: response, stored: stored, record: record))
      case .failure(let failure):
        if failure.isTerminal { try outcomes.failed(activity, call, failure, previous: previous) }
        finished[call.record.key] = .failure(failure)
      }
    }
    try outcomes.write(to: transaction)
    return finished
  }
}
