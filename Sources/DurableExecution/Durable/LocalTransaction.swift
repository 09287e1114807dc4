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
  func run<Request, Response>(
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
