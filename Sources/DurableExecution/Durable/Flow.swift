import Synchronization

/// An ordinary asynchronous function that runs to completion, even if the processes that run it die.
///
/// The name and the input are recorded before the function begins. A process that finds an unfinished flow runs the
/// function again from its first line, and every effect that has already happened is replayed. Therefore a flow has no
/// step numbers and no history: the records of its effects are its progress.
///
/// ```swift
/// let fulfill = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Receipt.self) { order, durable in
///   let box = try await durable.once(ship, for: order) { … } whenInDoubt: { … }
///   return Receipt(order: order.number, box: box)
/// }
/// let receipt = try await durable.run(fulfill, order)
/// ```
///
/// A flow may do only what is safe to repeat, or what is an effect. Read the time or a random number inside an effect,
/// not outside one.
public struct Flow<Input: Codable & Sendable, Output: Codable & Sendable>: Sendable {
  let definition: EffectDefinition<Input, Output>
  fileprivate(set) var body: @Sendable (Input, Durable) async throws -> Output

  /// - Parameters:
  ///   - name: lowercase letters, digits and hyphens. It is recorded with each run, so it never changes.
  ///   - key: the business values that identify a run, in a fixed order.
  ///   - output: the result of a run. It is stored, and returned to every caller that runs the flow with the same key.
  ///   - body: the function to run. If it throws an `EffectRefusal`, that is the flow's outcome. After any other error it
  ///     is run again, as often as the retry policy allows, and then left unfinished.
  public init(
    _ name: String, key: @escaping @Sendable (Input) -> [String], returns output: Output.Type,
    body: @escaping @Sendable (Input, Durable) async throws -> Output
  ) {
    definition = EffectDefinition(.flow, "flow-\(name)", .financial, key)
    self.body = body
  }
}

extension Durable {
  /// Runs a flow, continues an unfinished run, or returns the result of a finished one.
  ///
  /// - Parameters:
  ///   - flow: the flow to run.
  ///   - input: the input of the run. A different input under the same key is an error.
  ///   - wait: how long to wait while another process runs the flow.
  /// - Returns: the result of the run.
  /// - Throws: `EffectRefusal`, `EffectError`, `StoreFailure`; `EncodingError` if the input has no exact form in
  ///   JSON. A result without one is `EffectError.responseNotStorable`. If the flow is left unfinished because its body
  ///   threw an error, that error.
  public func run<Input, Output>(
    _ flow: Flow<Input, Output>, _ input: Input, waitingUpTo wait: Duration = .seconds(30)
  ) async throws -> Output {
    let lastError = Mutex<(any Error)?>(nil)
    var noting = flow
    noting.body = { input, durable in
      do {
        return try await flow.body(input, durable)
      } catch {
        lastError.withLock { $0 = error }
        throw error
      }
    }
    let results = try await results(of: [flow.definition.key(for: input).text], waitingUpTo: wait) { [noting] in
      try await engine.run(noting, input, continuing: nil, self)
    }
    guard let result = results.first else { throw StoreFailure.corrupt("a flow has no result") }
    do {
      return try result.result.get()
    } catch EffectError.inProgress(let key) {
      throw lastError.withLock(\.self) ?? EffectError.inProgress(key: key)
    }
  }

  /// Continues the runs of a flow that an earlier process left unfinished and that no living process is working on.
  /// Call it when the program starts, and as often as you like.
  ///
  /// - Parameter flow: the flow whose runs to continue.
  /// - Returns: the number of runs that finished.
  /// - Throws: `StoreFailure`. If the input of a run cannot be read, the other runs are continued first.
  @discardableResult
  public func resume<Input, Output>(_ flow: Flow<Input, Output>) async throws -> Int {
    var ended = 0
    var unreadable: (any Error)?
    var last: KeyText?
    while true {
      let page = try await engine.unfinished(flow.definition.effect, after: last)
      guard let end = page.last else { break }
      last = end.key
      for run in page {
        do {
          let input = try ResponseCoding.decode(Input.self, from: run.input, of: run.key, "the input")
          ended += try await engine.run(flow, input, continuing: run, self).count(where: \.isSettled)
        } catch let failure as StoreFailure where failure.isOfOneFlow {
          unreadable = failure
        }
      }
    }
    if let unreadable { throw unreadable }
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
  /// Only an `EffectRefusal` undoes anything. After any other error the outcome is unknown, and repeating the call
  /// continues from the recorded effects. Call this in a flow, so that another process continues if this one dies while
  /// undoing.
  ///
  /// Steps may run concurrently. An effect that has begun in here is not canceled, so that its undoing step is added. If its
  /// outcome is still unknown, nothing is undone yet.
  ///
  /// - Parameter steps: effects, each followed by the step that undoes it.
  /// - Returns: the result of the steps.
  /// - Throws: the refusal, once everything is undone; `EffectError.notUndone` if an undoing step is refused, once the
  ///   others are undone; any other error from an undoing step.
  public func undoing<Value: Sendable>(
    _ steps: @Sendable (Undoing) async throws -> Value
  ) async throws -> Value {
    let undo = Undoing()
    do {
      return try await Undoing.$current.withValue(undo) { try await steps(undo) }
    } catch let refusal as EffectRefusal {
      if let key = undo.openKey { throw EffectError.inProgress(key: key.text) }
      try await undo.undo()
      throw refusal
    }
  }
}

/// The steps that undo the completed steps of a saga.
public final class Undoing: Sendable {
  /// The saga that this task performs steps of.
  @TaskLocal static var current: Undoing?

  private let list = Mutex<[@Sendable () async throws -> Void]>([])
  /// The remote effects that have begun and whose outcome is not known.
  private let open = Mutex<[KeyText: Int]>([:])

  /// A remote effect of the saga whose outcome is not known; nil if there is none.
  var openKey: KeyText? { open.withLock { $0.keys.min() } }

  func begin(_ keys: [KeyText]) { open.withLock { open in for key in keys { open[key, default: 0] += 1 } } }

  func end(_ keys: [KeyText]) {
    open.withLock { open in
      for key in keys {
        let left = (open[key] ?? 0) - 1
        open[key] = left > 0 ? left : nil
      }
    }
  }

  /// Undoes the steps, last first. A refused step does not stop the others.
  fileprivate func undo() async throws {
    var refusal: EffectRefusal?
    for step in list.withLock({ $0 }).reversed() {
      do {
        try await step()
      } catch let refused as EffectRefusal {
        refusal = refusal ?? refused
      }
    }
    if let refusal { throw EffectError.notUndone(refusal) }
  }

  /// Adds the step that undoes the preceding one. It is an effect of its own, with its own key.
  ///
  /// - Parameter step: undoes the preceding step.
  public func add(_ step: @escaping @Sendable () async throws -> Void) { list.withLock { $0.append(step) } }
}
