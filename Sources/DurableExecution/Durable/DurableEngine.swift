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
        return try await commits.transaction(expecting: keys) { [runner] transaction in
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

/// A remote effect in the form that the runner takes. Its commit step alone does the work.
private struct RemoteWork<Request: Encodable & Sendable, Response: Codable & Sendable, Transaction: DurableTransaction>:
  RemoteActivity
{
  let definition: EffectDefinition<Request, Response>
  /// The record to store before a flow begins; nil for an effect.
  let flow: FlowRecord?
  let system: OtherSystem<Request, Response>

  var effect: String { definition.effect }
  var retention: Retention { definition.retention }
  var agent: AgentVersion { definition.agent }
  var eventType: String { definition.eventType }

  func key(for request: Request) -> EffectDefinition<Request, Response>.Key { definition.key(for: request) }
  func stream(for request: Request, key: KeyText) -> String { definition.stream(for: request, key: key) }
  func facts(of response: Response) -> [String: String] { [:] }
  func recognizes(_ record: KeyRecord) -> Bool { definition.recognizes(record) }

  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) throws {
    if let flow { try transaction.keep([flow]) }
  }

  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<Response>> {
    await system.answers(to: calls) { await $0.tell($1) }
  }

  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<Response>> {
    await system.answers(to: calls) { await $0.ask($1) }
  }

  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: Response)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Response, ActivityFailure>> {
    Answers(done, id: { $0.call.effectKey }) { done in
      do {
        return .success(try ResponseCoding.readBack(done.receipt, of: done.call.effectKey))
      } catch {
        return .failure(.responseNotStorable)
      }
    }
  }

  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) throws {}
}

/// Sends calls to another system and asks about them, by the caller's own closures.
private struct OtherSystem<Request: Encodable & Sendable, Response: Codable & Sendable>: Sendable {
  let send: @Sendable (EffectCall<Request>) async throws -> Response
  let whenInDoubt: @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>

  func tell(_ call: RemoteCall<Request>) async -> RemoteReply<Response> {
    do {
      return .done(try await send(EffectCall(call)))
    } catch let refusal as EffectRefusal {
      return .refused(.terminal(refusal.code, refusal.message))
    } catch {
      return .unclear(.unknownOutcome)
    }
  }

  func ask(_ call: RemoteCall<Request>) async -> RemoteStanding<Response> {
    do {
      switch try await whenInDoubt(EffectCall(call)) {
      case .neverHeardOf: return .neverHeardOf
      case .done(let response): return .done(response)
      case .refused(let refusal): return .refused(.terminal(refusal.code, refusal.message))
      case .unknown: return .unknown(.unknownOutcome)
      }
    } catch {
      return .unknown(.unknownOutcome)
    }
  }

  /// Answers all calls concurrently.
  func answers<Answer: Sendable>(
    to calls: [RemoteCall<Request>], _ answer: @escaping @Sendable (Self, RemoteCall<Request>) async -> Answer
  ) async -> Answers<KeyText, Answer> {
    await withTaskGroup(of: (KeyText, Answer).self) { group in
      for call in calls { group.addTask { (call.idempotencyKey, await answer(self, call)) } }
      var answers = Answers<KeyText, Answer>()
      for await (key, reply) in group { answers.add(reply, for: key) }
      return answers
    }
  }
}

extension EffectCall {
  fileprivate init(_ call: RemoteCall<Request>) {
    self.init(
      request: call.request, key: call.idempotencyKey.text, trackingID: call.trackingID.text, epoch: call.epoch.number)
  }
}

/// The outcome of asking for an effect.
struct EffectOutcome<Request: Sendable, Response: Sendable>: Sendable {
  let request: Request
  let key: KeyText
  let outcome: ActivityOutcome<Response>

  var isOpen: Bool {
    if case .inProgress = outcome { true } else { false }
  }

  var answer: (request: Request, result: Result<Response, any Error>) { (request: request, result: result) }

  /// Whether the outcome is on record.
  var isSettled: Bool {
    switch outcome {
    case .completed: true
    case .failed(let failure, _): failure.isTerminal
    case .inProgress, .mismatch: false
    }
  }

  var result: Result<Response, any Error> {
    switch outcome {
    case .completed(let done): .success(done.response)
    case .failed(let failure, _) where failure.isTerminal: .failure(EffectRefusal(failure.code, failure.message))
    case .failed(.responseNotStorable, _): .failure(EffectError.responseNotStorable(key: key.text))
    case .failed, .inProgress: .failure(EffectError.inProgress(key: key.text))
    case .mismatch: .failure(EffectError.otherRequest(key: key.text))
    }
  }
}

extension ResponseCoding {
  /// Returns a response as every later caller reads it.
  ///
  /// - Throws: `EffectError.responseNotStorable` if the response cannot be written, or what is written cannot be read.
  static func readBack<Response: Codable>(_ response: Response, of key: KeyText) throws -> Response {
    do {
      return try decode(Response.self, from: stored(response).bytes, of: key)
    } catch {
      throw EffectError.responseNotStorable(key: key.text)
    }
  }
}
