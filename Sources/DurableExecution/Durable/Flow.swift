import Synchronization

/// An ordinary asynchronous function that comes to its end, whatever process begins it and however many die in it.
///
/// The name and the input are on record before the function begins. A process that finds an unfinished flow runs the function
/// again from its first line; every effect in it that has happened is replayed. So there are no step numbers and no history:
/// what the flow has done is what its effects have on record.
///
/// ```swift
/// let fulfill = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Receipt.self) { order, durable in
///   let box = try await durable.once(ship, for: order) { … } whenInDoubt: { … }
///   return Receipt(order: order.number, box: box)
/// }
/// let receipt = try await durable.run(fulfill, order)
/// ```
///
/// Do in a flow only what may be done twice, or is an effect. Read the time or a random number in an effect, not beside one.
public struct Flow<Input: Codable & Sendable, Output: Codable & Sendable>: Sendable {
  let definition: EffectDefinition<Input, Output>
  let body: @Sendable (Input, Durable) async throws -> Output

  /// - Parameters:
  ///   - name: lowercase letters, digits and hyphens. It is on record with each run, so it never changes.
  ///   - key: the business values that identify a run, in a fixed order.
  ///   - output: what a run comes to. It is stored, and returned to whoever runs the flow with the same key.
  ///   - body: an `EffectRefusal` that it throws is the flow's outcome; any other error leaves the flow unfinished.
  public init(
    _ name: String, key: @escaping @Sendable (Input) -> [String], returns output: Output.Type,
    body: @escaping @Sendable (Input, Durable) async throws -> Output
  ) {
    definition = EffectDefinition("flow-\(name)", .financial, key)
    self.body = body
  }
}

extension Durable {
  /// Runs a flow, goes on with one that was left unfinished, or returns what it came to.
  ///
  /// - Parameters:
  ///   - flow: what is to be run.
  ///   - input: what it is begun with. Another input under the same key is an error.
  ///   - wait: how long to wait while another process is at it.
  /// - Returns: what the run came to.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`.
  public func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, waitingUpTo wait: Duration = .seconds(30)
  ) async throws -> Output {
    let results = try await results(waitingUpTo: wait) { try await engine.run(flow, input, self) }
    guard let result = results.first else { throw StoreFailure.corrupt("a flow has no result") }
    return try result.result.get()
  }

  /// Goes on with the runs of a flow that an earlier process left unfinished and that no living process is at. Call it when
  /// the program starts, and as often as you like.
  ///
  /// - Parameter flow: whose runs.
  /// - Returns: how many came to an end.
  /// - Throws: `StoreFailure`.
  @discardableResult
  public func resume<Input, Output>(_ flow: Flow<Input, Output>) async throws -> Int {
    var ended = 0
    for input in try await engine.unfinished(flow) {
      let results = try await engine.run(flow, input, self)
      ended += results.count { !$0.isOpen }
    }
    return ended
  }

  /// Undoes steps in reverse order if a later step is refused: a saga.
  ///
  /// ```swift
  /// try await durable.undoing { undo in
  ///   let hold = try await durable.once(reserve, for: order) { … } whenInDoubt: { … }
  ///   undo.add { _ = try await durable.once(release, for: order) { … } whenInDoubt: { … } }
  ///   return try await durable.once(pay, for: order) { … } whenInDoubt: { … }
  /// }
  /// ```
  ///
  /// Only an `EffectRefusal` undoes anything: after another error nobody knows what has happened, and the same call goes on
  /// from what is on record. Run it in a flow, so that a process that dies while undoing is followed by one that goes on.
  ///
  /// - Parameter steps: effects, each followed by what undoes it.
  /// - Returns: what the steps came to.
  /// - Throws: the refusal, once everything is undone; what an undoing step throws.
  public func undoing<Value: Sendable>(
    _ steps: @Sendable (Undoing) async throws -> Value
  ) async throws -> Value {
    let undo = Undoing()
    do {
      return try await steps(undo)
    } catch let refusal as EffectRefusal {
      for step in undo.steps.reversed() { try await step() }
      throw refusal
    }
  }
}

/// What undoes the steps of a saga that were done.
public final class Undoing: Sendable {
  private let list = Mutex<[@Sendable () async throws -> Void]>([])

  var steps: [@Sendable () async throws -> Void] { list.withLock { $0 } }

  /// Adds what undoes the step before. It is an effect of its own, with a key of its own.
  ///
  /// - Parameter step: undoes it.
  public func add(_ step: @escaping @Sendable () async throws -> Void) { list.withLock { $0.append(step) } }
}
