import DurableExecution
import DurableTesting
import Synchronization

/// A store in memory, for tests of the runner alone. A transaction works on a copy, which replaces the contents when it
/// commits.
final class MemoryStore: DurableStore {
  struct Contents: Sendable {
    var records: [KeyText: KeyRecord] = [:]
    var events: [EffectEvent] = []
    var sagas: [String: SagaRecord] = [:]
    var flows: [FlowRecord] = []
  }

  let clock: ManualClock
  private let contents = Mutex(Contents())
  private let probe: StoreProbe?

  init(_ clock: ManualClock = ManualClock(), probe: StoreProbe? = nil) {
    (self.clock, self.probe) = (clock, probe)
  }

  var now: Contents { contents.withLock { $0 } }

  func damage(_ change: (inout Contents) -> Void) { contents.withLock { change(&$0) } }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (MemoryTransaction) throws -> Value
  ) async throws -> Value {
    try probe?.before(.begin)
    let value = try contents.withLock { contents in
      let transaction = MemoryTransaction(contents, now: clock.now, probe: probe)
      let value = try body(transaction)
      try probe?.before(.commit)
      contents = transaction.contents
      return value
    }
    try probe?.after(.commit)
    return value
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (MemoryTransaction) throws -> Value
  ) async throws -> Value {
    try body(MemoryTransaction(now, now: clock.now))
  }
}

final class MemoryTransaction: DurableTransaction {
  private(set) var contents: MemoryStore.Contents
  private(set) var expected: Set<KeyText> = []
  let now: Timestamp
  private let probe: StoreProbe?

  init(_ contents: MemoryStore.Contents, now: Timestamp, probe: StoreProbe? = nil) {
    (self.contents, self.now, self.probe) = (contents, now, probe)
  }

  func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    try probe?.before(.statement("records"))
    let found = contents.records.filter { keys.contains($0.key) }
    try probe?.after(.statement("records"))
    return found
  }

  func expect(_ keys: [KeyText]) { expected.formUnion(keys) }

  func insert(_ records: [KeyRecord]) throws {
    try probe?.before(.statement("insert"))
    for record in records {
      guard contents.records[record.key] == nil else { throw StoreFailure.constraint("effect_keys") }
      contents.records[record.key] = record
    }
  }

  func replace(_ changes: [RecordChange]) throws {
    try probe?.before(.statement("replace"))
    for change in changes {
      guard let stored = contents.records[change.from.key], stored.status == .pending, stored.epoch == change.from.epoch
      else { throw StoreFailure.fenced(change.from.key) }
      contents.records[change.from.key] = change.to
    }
  }

  func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws {}

  func hold(_ leases: [(key: KeyText, epoch: Epoch)]) throws -> Set<KeyText> {
    Set(
      leases.filter { lease in
        contents.records[lease.key].map { $0.status == .pending && $0.epoch == lease.epoch } ?? false
      }.map(\.key))
  }

  func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText> {
    let held = try hold(leases)
    for key in held {
      guard let record = contents.records[key], case .pending(let lease) = record.state else { continue }
      let renewed = KeyRecord.Lease(owner: lease.owner, expiresAt: until, length: lease.length)
      contents.records[key] = KeyRecord(
        key: key, state: .pending(renewed), fingerprint: record.fingerprint, agent: record.agent, epoch: record.epoch,
        attempts: record.attempts, root: record.root, parent: record.parent, childKey: record.childKey,
        lamport: record.lamport, retention: record.retention, createdAt: record.createdAt, expiresAt: record.expiresAt)
    }
    return held
  }

  func append(_ events: [EffectEvent]) throws {
    try probe?.before(.statement("append"))
    for event in events {
      guard !contents.events.contains(where: { $0.key == event.key && $0.epoch == event.epoch }) else {
        throw StoreFailure.constraint("events")
      }
      contents.events.append(event)
    }
  }

  func effects(in stream: String, ofType type: String) throws -> [KeyText] {
    contents.events.filter { $0.stream == stream && $0.type == type }.map(\.key)
  }

  func sagas(_ ids: [String]) throws -> [String: SagaRecord] { contents.sagas.filter { ids.contains($0.key) } }

  func save(_ sagas: [SagaChange]) throws {
    for change in sagas {
      guard contents.sagas[change.to.id] == change.over else { throw StoreFailure.stale("saga \(change.to.id)") }
      contents.sagas[change.to.id] = change.to
    }
  }

  func keep(_ flows: [FlowRecord]) throws {
    for flow in flows where !contents.flows.contains(where: { $0.key == flow.key }) { contents.flows.append(flow) }
  }

  func unfinishedFlows(named name: String, after key: KeyText?, limit: Int) throws -> [FlowRecord] { [] }

  func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int { 0 }
}
