extension DurableRunner {
  /// Runs a local activity. Its effect, its response and its event are rows of this transaction.
  ///
  /// - Throws: `StoreFailure`, `EncodingError`; the transaction must then not commit.
  package func run<A: LocalActivity>(
    _ activity: A, _ call: ActivityCall<A.Request>, in transaction: A.Transaction
  ) throws -> ActivityOutcome<A.Key.Response> {
    let asked = try acquire(activity, for: [call], in: transaction) { $0 }
    let finished = try finish(activity, asked, in: transaction) { try activity.perform($0, in: transaction) }
    guard let ask = asked.first else { throw StoreFailure.corrupt("\(A.self) was not asked") }
    return try outcome(of: ask, activity, finished)
  }

  /// Runs a batch of local activities. Each effect, its response and its event are rows of this transaction.
  ///
  /// - Parameters:
  ///   - items: the items to run the activity for, one call each. A key that several items share is performed once.
  ///   - call: makes the call of an item.
  /// - Returns: each item with its outcome.
  /// - Throws: `StoreFailure`, `EncodingError`, any error from `call`; the transaction must then not commit.
  package func run<A: LocalActivity, Item>(
    _ activity: A, for items: [Item], in transaction: A.Transaction, call: (Item) throws -> ActivityCall<A.Request>
  ) throws -> [(item: Item, outcome: ActivityOutcome<A.Key.Response>)] {
    try run(activity, for: items, in: transaction, call: call) { try activity.perform($0, in: transaction) }
  }

  /// Runs a batch of activities whose work is a closure.
  func run<A: Activity, Item>(
    _ activity: A, for items: [Item], in transaction: some DurableTransaction,
    call: (Item) throws -> ActivityCall<A.Request>,
    perform: ([OwnedCall<A.Request>]) throws -> Answers<KeyText, Result<A.Key.Response, ActivityFailure>>
  ) throws -> [(item: Item, outcome: ActivityOutcome<A.Key.Response>)] {
    let asked = try acquire(activity, for: items, in: transaction, call: call)
    let finished = try finish(activity, asked, in: transaction, perform)
    return try asked.map { (item: $0.item, outcome: try outcome(of: $0, activity, finished)) }
  }

  private func outcome<A: Activity, Item>(
    of ask: Asked<Item, A.Request>, _ activity: A,
    _ finished: [KeyText: Result<Done<A.Key.Response>, ActivityFailure>]
  ) throws -> ActivityOutcome<A.Key.Response> {
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
      case nil: throw StoreFailure.corrupt("\(A.self) did not answer each call once")
      }
    }
  }

  private struct Done<Response> {
    let response: Response
    let stored: StoredResponse
    let record: KeyRecord
  }

  /// Performs the calls that this worker owns, and writes the outcome and the event of each.
  private func finish<A: Activity, Item>(
    _ activity: A, _ asked: [Asked<Item, A.Request>], in transaction: some DurableTransaction,
    _ perform: ([OwnedCall<A.Request>]) throws -> Answers<KeyText, Result<A.Key.Response, ActivityFailure>>
  ) throws -> [KeyText: Result<Done<A.Key.Response>, ActivityFailure>] {
    var owned: [(call: OwnedCall<A.Request>, previous: KeyRecord?)] = []
    for ask in asked where !ask.isRepeat {
      guard case .acquired(let record, let previous) = ask.acquisition else { continue }
      owned.append((OwnedCall(request: ask.call.request, record: record), previous))
    }
    guard !owned.isEmpty else { return [:] }
    let results = try perform(owned.map { $0.call })
    var outcomes = OutcomeWriter(now: try transaction.now)
    var finished: [KeyText: Result<Done<A.Key.Response>, ActivityFailure>] = [:]
    for (call, previous) in owned {
      switch results[call.effectKey] {
      case nil: throw StoreFailure.corrupt("\(A.self) did not answer each call once")
      case .success(let response)?:
        let stored = try ResponseCoding.stored(response)
        let record = try outcomes.completed(activity, call, response: response, stored: stored, previous: previous)
        finished[record.key] = .success(Done(response: response, stored: stored, record: record))
      case .failure(let failure)?:
        if failure.isTerminal { try outcomes.failed(activity, call, failure, previous: previous) }
        finished[call.record.key] = .failure(failure)
      }
    }
    try outcomes.write(to: transaction)
    return finished
  }
}
