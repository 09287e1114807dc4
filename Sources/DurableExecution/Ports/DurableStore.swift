/// Where keys, responses, events and sagas are kept. One conformance suite holds every store to these promises.
///
/// A transaction is a synchronous closure: a network call inside it does not compile. It runs alone or as if alone
/// (serializable), commits when the closure returns, and leaves nothing behind when it throws. The store may run the
/// closure again after a conflict, so it must not keep anything outside the transaction.
package protocol DurableStore<Transaction>: Sendable {
  associatedtype Transaction: DurableTransaction

  /// - Throws: `StoreFailure`, or what the closure throws; then nothing was written.
  func transaction<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

  /// A consistent view; what it is told to write fails.
  ///
  /// - Throws: `StoreFailure`, or what the closure throws.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
}

/// The statements of the durable runner. Every one takes a batch; one is a batch of one.
package protocol DurableTransaction {
  /// The database's clock as the transaction began; leases and expiry are measured by it, never by a worker's clock.
  var now: Timestamp { get }

  /// The records of these keys, live or archived, locked until the transaction ends. Keys nobody has asked for are absent.
  func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord]

  /// Writes records of keys that were absent. A concurrent twin that was faster makes this transaction run again.
  func insert(_ records: [KeyRecord]) throws

  /// Writes records over the epochs that were read.
  ///
  /// - Throws: `StoreFailure.fenced` when a stored epoch is not the one read or the key is not pending any more.
  func replace(_ changes: [RecordChange]) throws

  /// Moves expiry of records that were asked for again.
  func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws

  /// Locks pending keys that are still ours, until the transaction ends; gives back which. Asked before anything of an
  /// outcome is written: a late owner's rows would meet the new owner's.
  func hold(_ leases: [(key: KeyText, epoch: Epoch)]) throws -> Set<KeyText>

  /// Prolongs the leases of pending keys; gives back those that are still ours.
  func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText>

  func append(_ events: [EffectEvent]) throws

  func sagas(_ ids: [String]) throws -> [String: SagaRecord]

  /// Writes sagas over the versions that were read.
  ///
  /// - Throws: `StoreFailure.stale` when a stored version is not the one that was read.
  func save(_ sagas: [SagaChange]) throws

  /// Keeps the input of flows that begin. One that is there is left as it is.
  func keep(_ flows: [FlowRecord]) throws

  /// Flows of a name whose key is pending and whose lease has ended, oldest first.
  func unfinishedFlows(named name: String, limit: Int) throws -> [FlowRecord]

  /// Moves records past their expiry to the archive, oldest first; gives back how many.
  func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int
}

/// A record to be written over the one that was read.
package struct RecordChange: Hashable, Sendable {
  package let from: KeyRecord
  package let to: KeyRecord

  package init(from: KeyRecord, to: KeyRecord) {
    self.from = from
    self.to = to
  }
}

/// Told of each call to a store, before and after. What it throws makes the call fail: before it, nothing was done;
/// after it, it was done and nobody heard.
package struct StoreProbe: Sendable {
  package let before: @Sendable (StoreCall) throws -> Void
  package let after: @Sendable (StoreCall) throws -> Void

  package init(
    before: @escaping @Sendable (StoreCall) throws -> Void, after: @escaping @Sendable (StoreCall) throws -> Void
  ) {
    self.before = before
    self.after = after
  }
}

package enum StoreCall: Hashable, Sendable, CustomStringConvertible {
  case begin
  /// By its name.
  case statement(String)
  case commit

  package var description: String {
    switch self {
    case .begin: "begin"
    case .statement(let name): name
    case .commit: "commit"
    }
  }
}
