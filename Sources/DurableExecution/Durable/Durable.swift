/// Runs effects so that each happens once, despite crashes, retries and races.
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
/// The first response is stored, and every later call for the same key returns it. Any number of processes may share
/// one store.
public struct Durable: Sendable {
  let engine: any DurableEngine
  private let pacing = Pacing.system

  /// Opens the store and creates its tables if they are missing.
  ///
  /// - Parameters:
  ///   - location: `.sqlite("shop.db")` or `.postgres("postgres:///shop")`.
  ///   - lease: how long a process keeps a key without renewing it, at most a day. After that, another process takes over
  ///     the work.
  ///   - retry: how often, and for how long, another system is asked before its outcome is left unknown.
  /// - Throws: `StoreFailure`.
  public init(
    _ location: DurableLocation, lease: Duration = .seconds(5), retry: RetryPolicy = RetryPolicy()
  ) async throws {
    let worker = WorkerID("durable-\(String(pacing.random(), radix: 16))")
    let runner = DurableRunner(
      worker: worker, leaseDuration: min(lease, .seconds(86_400)), retry: retry, pacing: pacing)
    engine = try await location.open(runner)
  }

  /// Asks another system to act, once for the effect's key.
  ///
  /// The store records the intent before anything is sent. If an earlier call did not finish, or a reply is lost, the
  /// other system is asked what happened before anything is sent again.
  ///
  /// - Parameters:
  ///   - effect: the effect to perform.
  ///   - request: the request to send. A different request under the same key is an error.
  ///   - wait: how long to wait while another process works on the effect.
  ///   - send: sends the request to the other system. If it throws an `EffectRefusal`, the refusal is stored; any other
  ///     error leaves the outcome in doubt.
  ///   - whenInDoubt: asks the other system what happened.
  /// - Returns: the response, the same for every caller.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`; `EncodingError` if the request has no exact form in JSON.
  ///   A response without one is `EffectError.responseNotStorable`.
  public func once<Request, Response>(
    _ effect: RemoteEffect<Request, Response>, for request: Request, waitingUpTo wait: Duration = .seconds(30),
    send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> Response {
    let results = try await once(effect, each: [request], waitingUpTo: wait, send: send, whenInDoubt: whenInDoubt)
    guard let result = results.first else { throw StoreFailure.corrupt("an effect has no result") }
    return try result.result.get()
  }

  /// Performs a batch of effects with two commits for all requests together.
  ///
  /// - Parameters:
  ///   - effect: the effect to perform.
  ///   - requests: the requests to send. Requests with the same key are one effect.
  ///   - wait: how long to wait while another process works on one of the effects.
  ///   - send: as above, for each request; all requests are sent concurrently.
  ///   - whenInDoubt: as above.
  /// - Returns: each request with its response, or with the reason that there is none.
  /// - Throws: `StoreFailure`; `EncodingError` if a request has no exact form in JSON.
  public func once<Request, Response>(
    _ effect: RemoteEffect<Request, Response>, each requests: [Request], waitingUpTo wait: Duration = .seconds(30),
    send: @escaping @Sendable (EffectCall<Request>) async throws -> Response,
    whenInDoubt: @escaping @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>
  ) async throws -> [(request: Request, result: Result<Response, any Error>)] {
    let keys = requests.map { effect.definition.key(for: $0).text }
    return try await results(of: keys, waitingUpTo: wait) {
      try await engine.once(effect.definition, requests, send, whenInDoubt)
    }
  }

  /// Asks for effects, and asks again while another process works on one, until the caller's wait is over.
  ///
  /// In a saga this runs in a task of its own, which is not canceled with the step: its undoing step would never be added.
  func results<Request, Response>(
    of keys: [KeyText], waitingUpTo wait: Duration,
    _ outcomes: @escaping @Sendable () async throws -> [EffectOutcome<Request, Response>]
  ) async throws -> [(request: Request, result: Result<Response, any Error>)] {
    guard let saga = Undoing.current else { return try await settled(waitingUpTo: wait, outcomes).map { $0.answer } }
    saga.begin(keys)
    let settled = try await Task { try await self.settled(waitingUpTo: wait, outcomes) }.value
    saga.end(settled.filter { $0.isSettled }.map { $0.key })
    return settled.map { $0.answer }
  }

  private func settled<Request, Response>(
    waitingUpTo wait: Duration, _ outcomes: @Sendable () async throws -> [EffectOutcome<Request, Response>]
  ) async throws -> [EffectOutcome<Request, Response>] {
    let deadline = pacing.now() + wait
    var pause = Duration.milliseconds(5)
    while true {
      let outcomes = try await outcomes()
      guard outcomes.contains(where: { $0.isOpen }), pacing.now() + pause < deadline else { return outcomes }
      try await pacing.sleep(pause)
      pause = min(pause * 2, .milliseconds(500))
    }
  }

  /// Runs a transaction of the store. Either all of it is kept, or nothing.
  ///
  /// The closure may run again after a conflict, so it must not send anything to another system: what is sent is sent
  /// each time. Use `once` of a `RemoteEffect` for that, outside a transaction.
  ///
  /// A failure cannot be ignored: if a statement fails, or an effect fails after it has written, nothing of the transaction
  /// is kept, even if the closure catches the error.
  ///
  /// If the refusal of an effect leaves the closure, nothing that the closure wrote is kept; only the refusal is stored.
  ///
  /// Transactions that come while the store is busy with others of this process share a commit. Each still runs as if
  /// alone: one that fails does not affect the others.
  ///
  /// - Parameter body: reads and writes. Its result is returned once the transaction is committed.
  /// - Returns: the result of the closure.
  /// - Throws: any error from the closure, `StoreFailure`.
  public func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (LocalTransaction) throws -> Value
  ) async throws -> Value {
    try await engine.transaction(expecting: [], body)
  }

  /// Performs an effect in the store, once for its key, in a transaction of its own.
  ///
  /// The same as `once` in a `transaction`, but faster where many callers run at once: a single query looks up the keys of
  /// all.
  ///
  /// - Parameters:
  ///   - effect: the effect to perform.
  ///   - request: the request that identifies the effect. A different request under the same key is an error.
  ///   - work: writes rows of the transaction. If it throws an `EffectRefusal`, the refusal is stored and replayed, and
  ///     nothing else is kept.
  /// - Returns: the response, the same for every caller.
  /// - Throws: as `once` of a `LocalTransaction`.
  public func once<Request, Response>(
    _ effect: LocalEffect<Request, Response>, for request: Request,
    _ work: @escaping @Sendable (LocalTransaction) throws -> Response
  ) async throws -> Response {
    try await engine.transaction(expecting: [effect.definition.key(for: request).text]) { transaction in
      try transaction.once(effect, for: request) { try work(transaction) }
    }
  }
}

/// An open transaction of the store.
public struct LocalTransaction {
  package let base: any DurableTransaction
  package let fate = TransactionFate()
  private let runner: DurableRunner

  init(_ base: any DurableTransaction, _ runner: DurableRunner) {
    self.base = base
    self.runner = runner
  }

  /// Performs an effect in the store, once for its key. The rows that `work` writes, the response and the key are kept
  /// together or not at all.
  ///
  /// - Parameters:
  ///   - effect: the effect to perform.
  ///   - request: the request that identifies the effect. A different request under the same key is an error.
  ///   - work: writes rows of this transaction. If it throws an `EffectRefusal`, the refusal is stored and replayed.
  ///     If it has written before it throws, the whole transaction is undone, even if the caller catches the error.
  /// - Returns: the response, the same for every caller.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`, and any error from `work`; `EncodingError` if the request
  ///   has no exact form in JSON. A response without one is `EffectError.responseNotStorable`.
  public func once<Request, Response>(
    _ effect: LocalEffect<Request, Response>, for request: Request, _ work: () throws -> Response
  ) throws -> Response {
    let results = try once(effect, each: [request]) { _ in try work() }
    guard let result = results.first else { throw StoreFailure.corrupt("an effect has no result") }
    return try result.result.get()
  }

  /// Performs a batch of effects in the store, each once for its key, with one look-up for all keys.
  ///
  /// - Parameters:
  ///   - effect: the effect to perform.
  ///   - requests: the requests that identify the effects. Requests with the same key are one effect.
  ///   - work: as above, for each request that has no response yet, in the order of the requests.
  /// - Returns: each request with its response, or with the reason that there is none.
  /// - Throws: `EffectRefusal` if `work` has written before it refused a request; `StoreFailure`, and any other error from
  ///   `work`; `EncodingError` if a request has no exact form in JSON, `EffectError.responseNotStorable` if a response has
  ///   none.
  public func once<Request, Response>(
    _ effect: LocalEffect<Request, Response>, each requests: [Request], _ work: (Request) throws -> Response
  ) throws -> [(request: Request, result: Result<Response, any Error>)] {
    try fate.check()
    let written = fate.writes
    do {
      return try run(effect.definition, requests, in: base, work).map { request, outcome in
        let key = effect.definition.key(for: request).text
        return EffectOutcome(request: request, key: key, outcome: outcome).answer
      }
    } catch {
      // Without its key, nothing that an effect has written may be kept.
      if fate.writes > written { fate.fail(error) }
      throw error
    }
  }

  /// - Throws: the refusal, if a request was refused after its work had written.
  fileprivate func run<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ requests: [Request], in transaction: some DurableTransaction,
    _ work: (Request) throws -> Response
  ) throws -> [(item: Request, outcome: ActivityOutcome<Response>)] {
    try runner.run(effect, for: requests, in: transaction) {
      ActivityCall($0)
    } perform: { calls in
      try calls.answers { call in
        let written = fate.writes
        do {
          return .success(try ResponseCoding.readBack(try work(call.request), of: call.effectKey))
        } catch let refusal as EffectRefusal {
          fate.note(RefusedEffect(effect, call.request, refusal))
          guard fate.writes == written else { throw refusal }
          return .failure(.terminal(refusal.code, refusal.message))
        }
      }
    }
  }
}

/// The refused effects of a transaction that was rolled back because their refusal left the closure.
struct RefusedEffects: Error {
  let refusal: EffectRefusal
  let effects: [RefusedEffect]
}

/// A refused effect whose transaction was rolled back. A transaction of its own stores the refusal.
struct RefusedEffect: Sendable {
  let refusal: EffectRefusal
  /// Stores the refusal. Returns false if the key has another outcome by now.
  let store: @Sendable (any DurableTransaction, DurableRunner) throws -> Bool

  init<Request, Response>(
    _ effect: EffectDefinition<Request, Response>, _ request: Request, _ refusal: EffectRefusal
  ) {
    self.refusal = refusal
    store = { transaction, runner in
      let outcomes = try LocalTransaction(transaction, runner).run(effect, [request], in: transaction) { _ in
        throw refusal
      }
      guard case .failed(let failure, _)? = outcomes.first?.outcome else { return false }
      return EffectRefusal(failure.code, failure.message) == refusal
    }
  }
}

/// What has happened in an open transaction that decides whether it may commit.
package final class TransactionFate {
  /// The number of the caller's statements that may have written.
  package private(set) var writes = 0
  /// The first failure that nothing of the transaction may survive.
  private var failure: (any Error)?
  private var effects: [RefusedEffect] = []

  package func noteWrite() { writes += 1 }

  package func fail(_ error: any Error) { failure = failure ?? error }

  /// - Throws: the failure after which the transaction is over.
  package func check() throws {
    if let failure { throw failure }
  }

  func note(_ effect: RefusedEffect) { effects.append(effect) }

  /// The effects with this refusal; nil if there are none.
  func effects(refusedWith refusal: EffectRefusal) -> RefusedEffects? {
    let matching = effects.filter { $0.refusal == refusal }
    return matching.isEmpty ? nil : RefusedEffects(refusal: refusal, effects: matching)
  }
}

/// The location of a store. Each store's module adds its own form: `.sqlite(…)`, `.postgres(…)`.
public struct DurableLocation: Sendable {
  package var settings = StoreSettings()
  private let open: @Sendable (DurableRunner, StoreSettings) async throws -> any DurableEngine

  /// - Parameter open: opens the store.
  package init<Store: DurableStore>(_ open: @escaping @Sendable (StoreSettings) async throws -> Store) {
    self.open = { RunningEngine(try await open($1), $0) }
  }

  func open(_ runner: DurableRunner) async throws -> any DurableEngine { try await open(runner, settings) }
}

/// The parts of a store that a test may replace.
package struct StoreSettings: Sendable {
  /// The clock to use; nil for the database's own clock.
  package var clock: (@Sendable () -> Timestamp)?
  package var probe: StoreProbe?

  package init() {}
}
