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
