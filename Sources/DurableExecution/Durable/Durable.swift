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
