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
