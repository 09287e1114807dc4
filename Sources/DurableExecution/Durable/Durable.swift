/// Runs effects so that each happens once, whatever crashes, retries or races.
///
/// ```swift
/// let durable = try await Durable(.sqlite("shop.db"))
/// let box = try await durable.once(ship, for: order) { call in
///   try await courier.send(order, key: call.key)
/// } whenInDoubt: { call in
///   try await courier.status(of: call.trackingID)
/// }
/// ```
///
/// The first response is stored, and every later call for the same key returns it. Any number of processes may use one
/// store.
public struct Durable: Sendable {
  let engine: any DurableEngine

  /// Opens the store, and makes its tables where they are missing.
  ///
  /// - Parameters:
  ///   - location: `.sqlite("shop.db")` or `.postgres("postgres:///shop")`.
  ///   - lease: how long a key stays ours without a sign of life. After it, another process takes the work over.
  ///   - retry: how often, and how long, another system is asked before its outcome is left unknown.
  /// - Throws: `StoreFailure`.
  public init(
    _ location: DurableLocation, lease: Duration = .seconds(5), retry: RetryPolicy = RetryPolicy()
  ) async throws {
    var generator = SystemRandomNumberGenerator()
    let worker = WorkerID("durable-\(String(generator.next(), radix: 16))")
    engine = try await location.open(DurableRunner(worker: worker, leaseDuration: lease, retry: retry))
  }

  /// Has another system do something, once for the effect's key.
  ///
  /// Before anything is sent, the store records that it will be. Where an earlier call did not come to an end, or a reply is
  /// lost, the other system is asked what happened before anything is sent again.
  ///
  /// - Parameters:
  ///   - effect: what is to happen.
  ///   - request: what is asked for. Another request under the same key is an error.
  ///   - wait: how long to wait while another process is at work on the effect.
  ///   - send: tells the other system. An `EffectRefusal` that it throws is stored; any other error means that the outcome
  ///     is in doubt.
  ///   - whenInDoubt: asks the other system what happened.
  /// - Returns: the response, the same for everybody who asks.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`.
  public func once<Request, Response>(
    _ effect: RemoteEffect<Request, Response>, for request: Request, waitingUpTo wait: Duration = .seconds(30),
    send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> Response {
    let results = try await once(effect, each: [request], waitingUpTo: wait, send: send, whenInDoubt: whenInDoubt)
    guard let result = results.first else { throw StoreFailure.corrupt("an effect has no result") }
    return try result.result.get()
  }

  /// The same for a batch: two commits for all requests together.
  ///
  /// - Parameters:
  ///   - effect: what is to happen.
  ///   - requests: what is asked for. Requests with one key are one effect.
  ///   - wait: how long to wait while another process is at work on one of the effects.
  ///   - send: as above, for each request; all are told at the same time.
  ///   - whenInDoubt: as above.
  /// - Returns: each request with its response, or why there is none.
  /// - Throws: `StoreFailure`.
  public func once<Request, Response>(
    _ effect: RemoteEffect<Request, Response>, each requests: [Request], waitingUpTo wait: Duration = .seconds(30),
    send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [(request: Request, result: Result<Response, any Error>)] {
    try await results(waitingUpTo: wait) { try await engine.once(effect.definition, requests, send, whenInDoubt) }
  }

  /// Asks again while another process is at work, as long as the caller waits.
  func results<Request, Response>(
    waitingUpTo wait: Duration, _ outcomes: () async throws -> [EffectOutcome<Request, Response>]
  ) async throws -> [(request: Request, result: Result<Response, any Error>)] {
    let deadline = ContinuousClock.now + wait
    var pause = Duration.milliseconds(5)
    while true {
      let outcomes = try await outcomes()
      guard outcomes.contains(where: \.isOpen), ContinuousClock.now + pause < deadline else {
        return outcomes.map { (request: $0.request, result: $0.result) }
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(500))
    }
  }

  /// Runs a transaction of the store. All of it is kept, or nothing.
  ///
  /// The closure is synchronous, so nothing can be sent to another system in it. It may run again after a conflict.
  ///
  /// - Parameter body: reads and writes; what it returns is returned once the transaction is committed.
  /// - Returns: what the closure returned.
  /// - Throws: what the closure throws, `StoreFailure`.
  public func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value {
    try await engine.transaction(body)
  }
}

/// A transaction of the store that is open.
public struct LocalTransaction {
  package let base: any DurableTransaction
  private let runner: DurableRunner

  init(_ base: any DurableTransaction, _ runner: DurableRunner) {
    self.base = base
    self.runner = runner
  }

  /// Does something in the store, once for the effect's key. The rows that `work` writes, the response and the key are kept
  /// together or not at all.
  ///
  /// - Parameters:
  ///   - effect: what is to be done.
  ///   - request: what is asked for. Another request under the same key is an error.
  ///   - work: writes rows of this transaction. An `EffectRefusal` that it throws is stored and replayed; any other error
  ///     undoes the whole transaction.
  /// - Returns: the response, the same for everybody who asks.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`, and what `work` throws.
  public func once<Request, Response>(
    _ effect: LocalEffect<Request, Response>, for request: Request, _ work: () throws -> Response
  ) throws -> Response {
    let outcome = try run(effect.definition, request, in: base, work)
    let key = effect.definition.key(for: request).text
    return try EffectOutcome(request: request, key: key, outcome: outcome).result.get()
  }

  private func run<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ request: Request, in transaction: some DurableTransaction,
    _ work: () throws -> Response
  ) throws -> ActivityOutcome<Response> {
    let outcomes = try runner.run(effect, for: [request], in: transaction) {
      ActivityCall($0)
    } perform: { calls in
      try calls.answers { _ in
        do {
          return .success(try work())
        } catch let refusal as EffectRefusal {
          return .failure(.terminal(refusal.code, refusal.message))
        }
      }
    }
    guard let outcome = outcomes.first?.outcome else { throw StoreFailure.corrupt("an effect was not asked for") }
    return outcome
  }
}

/// Where a store is. The store's module says how one is named: `.sqlite(…)`, `.postgres(…)`.
public struct DurableLocation: Sendable {
  package var settings = StoreSettings()
  private let open: @Sendable (DurableRunner, StoreSettings) async throws -> any DurableEngine

  /// - Parameter open: opens the store.
  package init<Store: DurableStore>(_ open: @escaping @Sendable (StoreSettings) async throws -> Store) {
    self.open = { RunningEngine(store: try await open($1), runner: $0) }
  }

  func open(_ runner: DurableRunner) async throws -> any DurableEngine { try await open(runner, settings) }
}

/// What a test may put in place of a part of a store.
package struct StoreSettings: Sendable {
  /// The database's own clock where it is nil.
  package var clock: (@Sendable () -> Timestamp)?
  package var probe: StoreProbe?

  package init() {}
}

/// A store with its runner, whichever store it is.
protocol DurableEngine: Sendable {
  func once<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ requests: [Request],
    _ send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    _ whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [EffectOutcome<Request, Response>]

  func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, _ durable: Durable
  ) async throws -> [EffectOutcome<Input, Output>]

  func unfinished<Input, Output>(_ flow: Flow<Input, Output>) async throws -> [Input]

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value
}

private struct RunningEngine<Store: DurableStore>: DurableEngine {
  let store: Store
  let runner: DurableRunner

  func once<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ requests: [Request],
    _ send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    _ whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [EffectOutcome<Request, Response>] {
    let system = OtherSystem(send: send, whenInDoubt: whenInDoubt)
    return try await run(RemoteWork(definition: effect, flow: nil, system: system), requests)
  }

  func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, _ durable: Durable
  ) async throws -> [EffectOutcome<Input, Output>] {
    let record = FlowRecord(
      key: flow.definition.key(for: input).text, name: flow.definition.effect, input: try CanonicalJSON.bytes(of: input)
    )
    // To run a flow again is never in doubt: what it has done is replayed.
    let system = OtherSystem<Input, Output>(
      send: { try await flow.body($0.request, durable) }, whenInDoubt: { _ in .neverHeardOf })
    let work = RemoteWork<Input, Output, Store.Transaction>(definition: flow.definition, flow: record, system: system)
    return try await run(work, [input])
  }

  func unfinished<Input, Output>(_ flow: Flow<Input, Output>) async throws -> [Input] {
    let name = flow.definition.effect
    let records = try await store.read { try $0.unfinishedFlows(named: name, limit: 1_000) }
    return try records.map { try ResponseCoding.decode(Input.self, from: $0.input, of: $0.key) }
  }

  private func run<Request, Response>(
    _ activity: RemoteWork<Request, Response, Store.Transaction>, _ requests: [Request]
  ) async throws -> [EffectOutcome<Request, Response>] {
    let intents = try await store.transaction { [runner] transaction in
      try runner.intend(activity, for: requests, in: transaction) { ActivityCall($0) }
    }
    let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    let recorded = try await store.transaction { [runner] transaction in
      try runner.record(activity, settled, in: transaction)
    }
    return intents.compactMap { request, intent in
      let key = activity.key(for: request).text
      switch intent {
      case .answered(let outcome): return EffectOutcome(request: request, key: key, outcome: outcome)
      case .owned: return recorded[key].map { EffectOutcome(request: request, key: key, outcome: $0) }
      }
    }
  }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value {
    try await store.transaction { [runner] transaction in try body(LocalTransaction(transaction, runner)) }
  }
}

/// A remote effect as the runner takes it: announced and done in one step.
private struct RemoteWork<Request: Encodable & Sendable, Response: Codable & Sendable, Transaction: DurableTransaction>:
  RemoteActivity
{
  let definition: EffectDefinition<Request, Response>
  /// What is kept of a flow before it begins; nil for an effect.
  let flow: FlowRecord?
  let system: OtherSystem<Request, Response>

  var effect: String { definition.effect }
  var retention: Retention { definition.retention }
  var agent: AgentVersion { definition.agent }
  var eventType: String { definition.eventType }

  func key(for request: Request) -> EffectDefinition<Request, Response>.Key { definition.key(for: request) }
  func stream(for request: Request, key: KeyText) -> String { definition.stream(for: request, key: key) }
  func facts(of response: Response) -> [String: String] { [:] }

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
    Answers(done.map { ($0.call.effectKey, .success($0.receipt)) })
  }

  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) throws {}
}

/// How another system is told and asked, in the caller's own closures.
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

  /// Asks about all calls at the same time.
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

/// What asking for an effect came to.
struct EffectOutcome<Request: Sendable, Response: Sendable>: Sendable {
  let request: Request
  let key: KeyText
  let outcome: ActivityOutcome<Response>

  var isOpen: Bool {
    if case .inProgress = outcome { true } else { false }
  }

  var result: Result<Response, any Error> {
    switch outcome {
    case .completed(let done): .success(done.response)
    case .failed(let failure, _) where failure.isTerminal: .failure(EffectRefusal(failure.code, failure.message))
    case .failed, .inProgress: .failure(EffectError.inProgress(key: key.text))
    case .mismatch: .failure(EffectError.otherRequest(key: key.text))
    }
  }
}
