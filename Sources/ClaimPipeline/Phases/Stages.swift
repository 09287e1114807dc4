import BankProtocol
import ClaimStore
import ClaimsDomain
package import DurableExecution
import Tracing

/// The stages that claims pass through, in order. Each stage is local or remote.
///
/// Local stages that follow one another share a transaction. It commits before the next remote stage, so whatever is sent
/// to another system is on record first, and again after the last stage.
///
/// An error that concerns a single claim stops that claim alone: the batch is halved until the claim is alone. For
/// a batch of 200 this takes about 16 more transactions.
///
/// - `Input`: a claim as it enters.
/// - `Committed`: a claim at the commit before the last remote stage.
/// - `Sent`: a claim after the last remote stage has sent it, not yet recorded.
/// - `Phase`: a claim after the last stage.
package struct Stages<Input: ClaimPhase, Committed: ClaimPhase, Sent: ClaimPhase, Phase: Sendable>: Sendable {
  private let store: ClaimStore
  private let commit: @Sendable (Batch<Input>) async throws -> [Batch<Committed>]
  private let send: @Sendable (Batch<Committed>) async -> Batch<Sent>
  /// The local stages since the last commit.
  private let work: @Sendable (Batch<Sent>, ClaimTransaction) throws -> Batch<Phase>

  /// Adds a stage that works on our own store.
  ///
  /// - Parameter agent: the agent whose stage it is, as traces name it; nil for a stage that is no agent's.
  func local<Next>(
    _ stage: @escaping @Sendable ([Placed<Phase>], ClaimTransaction) throws -> [Placed<Step<Next>>],
    by agent: String? = nil
  ) -> Stages<Input, Committed, Sent, Next> {
    Stages<Input, Committed, Sent, Next>(store: store, commit: commit, send: send) { [work] claims, transaction in
      try work(claims, transaction).advance { claims in
        try traced(agent, claims.count) { try stage(claims, transaction) }
      }
    }
  }

  /// Adds a stage in which another system acts.
  ///
  /// - Parameters:
  ///   - agent: the agent whose stage it is, as traces name it.
  ///   - keys: the keys that the stages after it will ask for, so that they are looked up together.
  func remote<Stage: RemoteStage>(
    _ stage: Stage, by agent: String, expecting keys: @escaping @Sendable (Stage.Sent) -> [KeyText] = { _ in [] }
  ) -> Stages<Input, Stage.Committed, Stage.Sent, Stage.Recorded>
  where Stage.Phase == Phase, Stage.Transaction == ClaimTransaction {
    let before = local(stage.commit, by: "\(agent): commit")
    return Stages<Input, Stage.Committed, Stage.Sent, Stage.Recorded>(
      store: store, commit: before.run,
      send: { [store] claims in
        await claims.advance { claims in
          await traced(agent, claims.count) { await stage.send(claims, keepingLeasesIn: store) }
        }
      },
      work: { claims, transaction in
        transaction.expect(claims.onward.flatMap(keys))
        return try claims.advance { claims in
          try traced("\(agent): record", claims.count) { try stage.record(claims, in: transaction) }
        }
      })
  }

  /// Takes claims up to the commit before the last remote stage.
  ///
  /// - Returns: the claims, in one batch or, after an error that concerned one of them, in several.
  /// - Throws: `StoreFailure` when the store is unavailable.
  func begin(_ claims: Batch<Input>) async throws -> [Batch<Committed>] { try await commit(claims) }

  /// Takes claims from that commit through the last stage.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable; then the next run learns from the other system what happened.
  func finish(_ claims: Batch<Committed>) async throws -> [Batch<Phase>] { try await transact(await send(claims)) }

  /// Runs the stages since the last commit in the caller's transaction.
  func run(_ claims: Batch<Sent>, in transaction: ClaimTransaction) throws -> Batch<Phase> {
    try work(claims, transaction)
  }

  /// Takes claims through all stages.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable.
  func run(_ claims: Batch<Input>) async throws -> [Batch<Phase>] {
    var ended: [Batch<Phase>] = []
    for part in try await begin(claims) { ended += try await finish(part) }
    return ended
  }

  /// Runs the stages since the last commit in a transaction, and halves the batch after an error of one claim.
  private func transact(_ claims: Batch<Sent>) async throws -> [Batch<Phase>] {
    do {
      // A transaction runs on a thread of its own, to which the trace does not follow by itself.
      let context = InstrumentationContext.current
      return [
        try await store.transaction { [work] transaction in
          try InstrumentationContext.$current.withValue(context) { try work(claims, transaction) }
        }
      ]
    } catch {
      guard let code = FailureCode(ofOneClaim: error) else { throw error }
      guard let (first, second) = claims.halves else {
        let failure = ActivityFailure(code, "\(error)")
        return [claims.advance { $0.map { $0.map { .stopped(.unsettled($0.unsettled(failure))) } } }]
      }
      return try await transact(first) + transact(second)
    }
  }
}

/// Does work for claims within a span of its own.
private func traced<Value>(_ name: String?, _ count: Int, _ work: () throws -> Value) rethrows -> Value {
  guard let name, count > 0 else { return try work() }
  return try withSpan(name) { span in
    span.attributes["claims"] = count
    return try work()
  }
}

private func traced<Value>(_ name: String, _ count: Int, _ work: () async -> Value) async -> Value {
  guard count > 0 else { return await work() }
  return await withSpan(name) { span in
    span.attributes["claims"] = count
    return await work()
  }
}

extension Stages where Input == Committed, Committed == Sent, Sent == Phase {
  /// Creates a chain without stages, for claims in this phase.
  init(from phase: Phase.Type, on store: ClaimStore) {
    self.init(store: store, commit: { [$0] }, send: { $0 }, work: { claims, _ in claims })
  }
}

/// A stage in which another system acts, between two transactions.
package protocol RemoteStage: Sendable {
  associatedtype Transaction
  associatedtype Phase: Sendable
  associatedtype Committed: ClaimPhase
  associatedtype Sent: ClaimPhase
  associatedtype Recorded: Sendable

  /// Puts on record what is to be sent.
  func commit(_ claims: [Placed<Phase>], in transaction: Transaction) throws -> [Placed<Step<Committed>>]

  /// Sends it, outside any transaction.
  func send(
    _ claims: [Placed<Committed>], keepingLeasesIn store: some DurableStore<Transaction>
  ) async -> [Placed<Step<Sent>>]

  /// Records the replies and their consequences.
  func record(_ claims: [Placed<Sent>], in transaction: Transaction) throws -> [Placed<Step<Recorded>>]
}

/// A claim at the start of a transaction, which may fail because of this claim alone.
package protocol ClaimPhase: Sendable {
  /// The claim after such a failure. Nothing of the transaction was kept.
  func unsettled(_ failure: ActivityFailure) -> Unsettled
}

extension SubmittedClaim: ClaimPhase {
  package func unsettled(_ failure: ActivityFailure) -> Unsettled { Unsettled(failure) }
}
