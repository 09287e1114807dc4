import TestSupport
import Testing

@testable import DurableExecution

@Suite("The record of a key")
struct KeyRecordTests {
  private static let key = KeyText(effect: "ship", segments: ["1"])

  private static func new(_ lineage: Lineage = .root, retention: Retention = .workflow, at now: Timestamp) -> KeyRecord
  {
    .new(
      key, retention: retention, fingerprint: Fingerprint(hex: String(repeating: "a", count: 64)),
      agent: AgentVersion("ShippingAgent", "1.0.0"), lineage: lineage, lease: lease("first", at: now), at: now)
  }

  private static func lease(_ owner: String, at now: Timestamp) -> KeyRecord.Lease {
    KeyRecord.Lease(owner: WorkerID(owner), expiresAt: now.adding(.seconds(60)), length: .seconds(60))
  }

  private static let response = StoredResponse(bytes: Array("{}".utf8), contentType: "application/json", status: 200)

  /// One change that a record may undergo, drawn at random.
  private static func changed(_ record: KeyRecord, at now: Timestamp, _ random: inout SeededGenerator) -> KeyRecord {
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      record.takenOver(
        by: AgentVersion("ShippingAgent", "1.1.0"), lease: lease("next", at: now),
        seen: LamportTime(.random(in: 0...99, using: &random)))
    case 1: record.closed(.completed(response, at: now), at: now)
    case 2: record.closed(.failed(response, at: now), at: now)
    case 3: record.released(by: WorkerID("a person"), at: now)
    default: record.withBelievableLease(at: now) ?? record
    }
  }

  @Test("keeps what names the effect through every change, and its counters only grow", arguments: Seeds.all)
  func walks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var now = Timestamp(microseconds: 1_000_000_000)
      var record = Self.new(at: now)
      for _ in 0..<12 {
        now = now.adding(.seconds(Int.random(in: -200...200, using: &random)))
        let before = record
        record = Self.changed(before, at: now, &random)
        #expect(record.key == before.key && record.fingerprint == before.fingerprint, "seed \(seed)")
        #expect(record.trackingID == before.trackingID && record.createdAt == before.createdAt, "seed \(seed)")
        #expect(record.retention == before.retention && record.root == before.root, "seed \(seed)")
        #expect(record.parent == before.parent && record.childKey == before.childKey, "seed \(seed)")
        #expect(record.epoch >= before.epoch && record.attempts >= before.attempts, "seed \(seed)")
        #expect(record.lamport >= before.lamport, "seed \(seed)")
        #expect((record.response == nil) == (record.status == .pending), "seed \(seed)")
        if Self.owner(record) != Self.owner(before), record.status == .pending {
          #expect(record.epoch == before.epoch.next, "seed \(seed): a new owner without a new epoch")
        }
      }
    }
  }

  private static func owner(_ record: KeyRecord) -> WorkerID? {
    if case .pending(let lease) = record.state { lease.owner } else { nil }
  }

  @Test("lives for its class of retention from its outcome on, not from its intent", arguments: Retention.allCases)
  func expiry(_ retention: Retention) {
    let now = Timestamp(microseconds: 0)
    let record = Self.new(retention: retention, at: now)
    #expect(record.expiresAt == now.adding(microseconds: retention.microseconds))
    let later = now.adding(.seconds(3_000))
    let closed = record.closed(.completed(Self.response, at: later), at: later)
    #expect(closed.expiresAt == later.adding(microseconds: retention.microseconds))
    #expect(closed.lamport == record.lamport.tick(), "the outcome comes after the intent")
    #expect(closed.epoch == record.epoch && closed.attempts == record.attempts)
  }

  @Test("that a person released belongs to nobody, and its former owner is fenced")
  func released() {
    let now = Timestamp(microseconds: 5_000_000)
    for record in [Self.new(at: now), Self.new(at: now).closed(.failed(Self.response, at: now), at: now)] {
      let released = record.released(by: WorkerID("a person"), at: now)
      #expect(released.state == .pending(.init(owner: WorkerID("a person"), expiresAt: now, length: .zero)))
      #expect(released.epoch == record.epoch.next && released.attempts == record.attempts)
      #expect(released.withBelievableLease(at: now) == nil, "an ended lease is credible")
    }
  }

  @Test("has a status as the stores and the tools write it")
  func statuses() {
    #expect(KeyStatus.allCases.map(\.rawValue) == ["PENDING", "COMPLETED", "FAILED"])
    #expect(Retention.allCases.map(\.rawValue) == ["api-call", "workflow", "financial"])
    #expect(Retention.allCases.map(\.microseconds) == [3_600_000_000, 86_400_000_000, 2_592_000_000_000])
  }

  @Test("A lease is judged by its own length, whatever this worker's is", arguments: Seeds.all)
  func believable(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let now = Timestamp(microseconds: 1_000_000_000)
    for _ in 0..<500 {
      let length = Duration.seconds(Int.random(in: 0...100, using: &random))
      let left = Duration.seconds(Int.random(in: -300...300, using: &random))
      let lease = KeyRecord.Lease(owner: WorkerID("other"), expiresAt: now.adding(left), length: length)
      let record = Self.new(at: now).takenOver(by: AgentVersion("A", "1"), lease: lease, seen: LamportTime(0))
      let corrected = record.withBelievableLease(at: now)
      #expect((corrected != nil) == (left > length * 2), "seed \(seed)")
      guard let corrected, case .pending(let believed) = corrected.state else { continue }
      #expect(believed.expiresAt == now.adding(length) && believed.owner == lease.owner, "seed \(seed)")
      #expect(corrected.epoch == record.epoch && corrected.lamport == record.lamport, "seed \(seed)")
      #expect(corrected.withBelievableLease(at: now) == nil, "seed \(seed): it is corrected once")
    }
  }
}
