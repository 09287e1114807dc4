/// A store of keys, responses, events and sagas. One conformance suite checks these promises for every store.
///
/// A transaction is a synchronous closure, so a network call inside it does not compile. It runs as if alone
/// (serializable), commits when the closure returns, and leaves nothing behind if the closure throws. The store may run
/// the closure again after a conflict, so the closure must not change anything outside the transaction.
package protocol DurableStore<Transaction>: Sendable {
  associatedtype Transaction: DurableTransaction

  /// - Throws: `StoreFailure`, or any error from the closure; then nothing was written.
  func transaction<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

  /// Reads a consistent view of the store. Writes in it fail.
  ///
  /// - Throws: `StoreFailure`, or any error from the closure.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

  /// How many transactions should write at once. Those that come meanwhile wait, and share a commit.
  var writers: Int { get }
}

extension DurableStore {
  package var writers: Int { 1 }
}

/// The statements of the durable runner. Each takes a batch; a single item is a batch of one.
package protocol DurableTransaction {
  /// The database's clock at the start of the transaction. Leases and expiry are measured by it, never by a worker's
  /// clock. It is free once the transaction has read something; before that, a store may have to ask its server.
  var now: Timestamp { get throws }

  /// Returns the records of these keys, live or archived, locked until the transaction ends. Keys without a record are
  /// absent.
  func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord]

  /// Announces keys whose records will be asked for. They are looked up with the next question, so that they cost no round
  /// trip of their own.
  func expect(_ keys: [KeyText])

  /// Inserts records of keys that were absent. If a concurrent twin was faster, this transaction runs again.
  func insert(_ records: [KeyRecord]) throws

  /// Overwrites records whose epochs are still the ones that were read.
  ///
  /// - Throws: `StoreFailure.fenced` if a stored epoch is not the one read or the key is no longer pending.
  func replace(_ changes: [RecordChange]) throws

  /// Extends the expiry of records that were used again.
  func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws

  /// Locks the pending keys that we still own, until the transaction ends, and returns them. Call this before writing
  /// any part of an outcome: a late owner's rows would collide with the new owner's.
  func hold(_ leases: [(key: KeyText, epoch: Epoch)]) throws -> Set<KeyText>

  /// Renews the leases of pending keys, and returns the keys that we still own.
  func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText>

  func append(_ events: [EffectEvent]) throws

  /// Returns the keys of a stream's events of one type, in the order in which they were written.
  func effects(in stream: String, ofType type: String) throws -> [KeyText]

  func sagas(_ ids: [String]) throws -> [String: SagaRecord]

  /// Overwrites sagas whose versions are still the ones that were read.
  ///
  /// - Throws: `StoreFailure.stale` if a stored version is not the one that was read.
  func save(_ sagas: [SagaChange]) throws

  /// Stores the input of flows that begin. An input already stored is left as it is.
  func keep(_ flows: [FlowRecord]) throws

  /// Returns the flows of this name whose key is pending and whose lease has ended or is not credible, in the order of
  /// their keys.
  ///
  /// - Parameter key: the key to begin after; nil to begin with the first.
  func unfinishedFlows(named name: String, after key: KeyText?, limit: Int) throws -> [FlowRecord]

  /// Moves records past their expiry to the archive, oldest first, and returns how many it moved.
  func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int
}

extension DurableTransaction {
  package func expect(_ keys: [KeyText]) {}
}

/// A record that replaces the one that was read.
package struct RecordChange: Hashable, Sendable {
  package let from: KeyRecord
  package let to: KeyRecord

  package init(from: KeyRecord, to: KeyRecord) {
    self.from = from
    self.to = to
  }
}

/// A hook that runs before and after each call to a store. If it throws, the call fails: thrown before the call,
/// nothing was done; thrown after it, the call was done but its result is lost.
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
  /// A statement, by name.
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
