/// Collects the outcomes of a batch and writes them together: records over the epochs that were read, and their events.
struct OutcomeWriter {
  let now: Timestamp
  private var fresh: [KeyRecord] = []
  private var changes: [RecordChange] = []
  private var events: [EffectEvent] = []

  init(now: Timestamp) {
    self.now = now
  }

  /// - Parameter previous: the record in the store; nil if the key has none yet.
  @discardableResult
  mutating func completed<A: Activity>(
    _ activity: A, _ call: OwnedCall<A.Request>, response: A.Key.Response, stored: StoredResponse,
    previous: KeyRecord?
  ) throws -> KeyRecord {
    let record = call.record.closed(.completed(stored, at: now), at: now)
    keep(record, over: previous)
    try addEvent(activity.eventType, activity, call, record, facts: activity.facts(of: response))
    return record
  }

  mutating func failed<A: Activity>(
    _ activity: A, _ call: OwnedCall<A.Request>, _ failure: ActivityFailure, previous: KeyRecord?
  ) throws {
    let record = call.record.closed(.failed(try StoredProblem(failure).stored(), at: now), at: now)
    keep(record, over: previous)
    try addEvent("\(activity.effect)-refused", activity, call, record, facts: ["code": failure.code])
  }

  /// - Throws: `StoreFailure.fenced` if a record has a newer owner.
  func write(to transaction: some DurableTransaction) throws {
    if !fresh.isEmpty { try transaction.insert(fresh) }
    if !changes.isEmpty { try transaction.replace(changes) }
    if !events.isEmpty { try transaction.append(events) }
  }

  private mutating func keep(_ record: KeyRecord, over previous: KeyRecord?) {
    if let previous {
      changes.append(RecordChange(from: previous, to: record))
    } else {
      fresh.append(record)
    }
  }

  private mutating func addEvent<A: Activity>(
    _ type: String, _ activity: A, _ call: OwnedCall<A.Request>, _ record: KeyRecord, facts: [String: String]
  ) throws {
    events.append(
      EffectEvent(
        key: record.key, epoch: record.epoch, stream: activity.stream(for: call.request, key: record.key), type: type,
        agent: activity.agent, lamport: record.lamport, at: now, facts: try CanonicalJSON.bytes(of: facts)))
  }
}
