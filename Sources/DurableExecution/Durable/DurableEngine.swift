/// A store and its runner, with the type of the store erased.
protocol DurableEngine: Sendable {
  func once<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ requests: [Request],
    _ send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    _ whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [EffectOutcome<Request, Response>]

  /// - Parameter record: the run that is continued; nil for a run by its caller.
  func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, continuing record: FlowRecord?, _ durable: Durable
  ) async throws -> [EffectOutcome<Input, Output>]

  /// Returns the next unfinished runs of a flow, in the order of their keys.
  func unfinished(_ name: String, after key: KeyText?) async throws -> [FlowRecord]

  /// - Parameter keys: keys of effects that the closure will ask for.
  func transaction<Value: Sendable>(
    expecting keys: [KeyText], _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value
}

struct RunningEngine<Store: DurableStore>: DurableEngine {
  private let store: Store
  private let commits: CommitGroup<Store>
  private let runner: DurableRunner

  init(_ store: Store, _ runner: DurableRunner) {
    self.store = store
    self.runner = runner
    commits = CommitGroup(store, slots: store.writers)
  }

  func once<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ requests: [Request],
    _ send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    _ whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [EffectOutcome<Request, Response>] {
    let system = OtherSystem(send: send, whenInDoubt: whenInDoubt)
    return try await run(RemoteWork(definition: effect, flow: nil, system: system), requests)
  }

  func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, continuing record: FlowRecord?, _ durable: Durable
  ) async throws -> [EffectOutcome<Input, Output>] {
    let begun = FlowRecord(
      key: flow.definition.key(for: input).text, name: flow.definition.effect, input: try CanonicalJSON.bytes(of: input)
    )
    if let record, record.key != begun.key { throw StoreFailure.corrupt("a run of \(record.name) has another key") }
    // Running a flow again is never in doubt: the effects it has performed are replayed.
    let system = OtherSystem<Input, Output>(
      send: { try await flow.body($0.request, durable) }, whenInDoubt: { _ in .neverHeardOf })
    let work = RemoteWork<Input, Output, Store.Transaction>(
      definition: flow.definition, flow: record ?? begun, system: system)
    // The input on record identifies the run, even if its type has changed since.
    return try await run(work, [input], fingerprint: record.map { Fingerprint(ofCanonical: $0.input) })
  }

  func unfinished(_ name: String, after key: KeyText?) async throws -> [FlowRecord] {
    try await store.read { try $0.unfinishedFlows(named: name, after: key, limit: 1_000) }
  }

  private func run<Request, Response>(
    _ activity: RemoteWork<Request, Response, Store.Transaction>, _ requests: [Request],
    fingerprint: Fingerprint? = nil
  ) async throws -> [EffectOutcome<Request, Response>] {
    let keys = requests.map { activity.key(for: $0).text }
    let intents = try await commits.transaction(expecting: keys) { [runner] transaction in
      try runner.intend(activity, for: requests, in: transaction) { ActivityCall($0, fingerprint: fingerprint) }
    }
    let settled = await runner.settle(activity, intents.compactMap { $0.intent.owned }, keepingLeasesIn: store)
    let recorded = try await commits.transaction { [runner] transaction in
      try runner.record(activity, settled, in: transaction)
    }
    return intents.compactMap { request, intent in
      let key = activity.key(for: request).text
      switch intent {
      case .owned: return recorded[key].map { EffectOutcome(request: request, key: key, outcome: $0) }
      // If an earlier request of this batch owned the key, its outcome is the outcome of both.
      case .answered(.inProgress(let until)):
        return EffectOutcome(request: request, key: key, outcome: recorded[key] ?? .inProgress(until: until))
      case .answered(let outcome): return EffectOutcome(request: request, key: key, outcome: outcome)
      }
    }
  }

  func transaction<Value: Sendable>(
    expecting keys: [KeyText], _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value {
    while true {
      do {
        return try await commits.transaction(expecting: keys, mayBeLong: keys.isEmpty) { [runner] transaction in
          let local = LocalTransaction(transaction, runner)
          do {
            let value = try body(local)
            try local.fate.check()
            return value
          } catch let refusal as EffectRefusal {
            throw local.fate.effects(refusedWith: refusal) ?? refusal
          }
        }
      } catch let refused as RefusedEffects {
        let areStored = try await commits.transaction { [runner] transaction in
          try refused.effects.map { try $0.store(transaction, runner) }.allSatisfy(\.self)
        }
        // If another process gave a key an outcome first, that outcome is the answer of the next run.
        if areStored { throw refused.refusal }
      }
    }
  }
}
