import Testing

@testable import DurableExecution

@Suite("Acquiring a key")
struct AcquisitionTests {
  private static let now = Timestamp(microseconds: 1_000_000_000)
  private static let key = KeyText(effect: "ship", segments: ["1"])
  private static let (fingerprint, other) = (
    Fingerprint(hex: String(repeating: "a", count: 64)), Fingerprint(hex: String(repeating: "b", count: 64))
  )

  /// The record of the key, if there is one.
  enum Standing: CaseIterable {
    case nothing, pending, endingNow, ended, completed, failed, archived
  }

  private static func lease(_ owner: String, endsIn duration: Duration) -> KeyRecord.Lease {
    KeyRecord.Lease(owner: WorkerID(owner), expiresAt: now.adding(duration), length: .seconds(60))
  }

  private static func record(_ standing: Standing) -> KeyRecord? {
    let response = StoredResponse(bytes: Array("{}".utf8), contentType: "application/json", status: 200)
    let state: KeyRecord.State? =
      switch standing {
      case .nothing: nil
      case .pending: .pending(lease("other", endsIn: .seconds(1)))
      case .endingNow: .pending(lease("other", endsIn: .zero))
      case .ended: .pending(lease("other", endsIn: .seconds(-1)))
      case .completed, .archived: .completed(response, at: now)
      case .failed: .failed(response, at: now)
      }
    return state.map { state in
      KeyRecord(
        key: key, state: state, fingerprint: fingerprint, agent: AgentVersion("Old", "0.9"), epoch: Epoch(4),
        attempts: 4, root: key, parent: nil, childKey: nil, lamport: LamportTime(7), retention: .financial,
        createdAt: now, expiresAt: now, isArchived: standing == .archived)
    }
  }

  private func ask(_ standing: Standing, with fingerprint: Fingerprint = Self.fingerprint) -> Acquisition {
    Acquisition(
      Acquisition.Ask(
        key: Self.key, retention: .financial, fingerprint: fingerprint, agent: AgentVersion("New", "1.0"),
        lineage: Lineage(root: nil, parent: nil, lamport: LamportTime(20))),
      existing: Self.record(standing), lease: Self.lease("ours", endsIn: .seconds(60)), at: Self.now)
  }

  @Test("has one of four outcomes, depending on the record", arguments: Standing.allCases)
  func table(standing: Standing) throws {
    switch (standing, ask(standing)) {
    case (.nothing, .acquired(let record, previous: nil)):
      #expect(record.epoch == .first && record.attempts == 1 && record.status == .pending)
      #expect(record.expiresAt == Self.now.adding(microseconds: Retention.financial.microseconds))
    case (.endingNow, .acquired(let record, let previous?)), (.ended, .acquired(let record, let previous?)):
      #expect(previous == Self.record(standing))
      #expect(record.epoch == previous.epoch.next && record.attempts == previous.attempts + 1)
      #expect(record.lamport > previous.lamport && record.lamport > LamportTime(20))
      #expect(record.trackingID == previous.trackingID, "a takeover keeps the tracking id of the work")
      #expect(record.createdAt == previous.createdAt)
    case (.pending, .inProgress(let until)): #expect(until == Self.now.adding(.seconds(1)))
    case (.completed, .replayed(let record)), (.failed, .replayed(let record)), (.archived, .replayed(let record)):
      #expect(record == Self.record(standing))
    case (_, let acquisition): Issue.record("\(standing): \(acquisition)")
    }
  }

  @Test("with another request is a mismatch, whatever the record", arguments: Standing.allCases)
  func mismatch(standing: Standing) {
    switch (standing, ask(standing, with: Self.other)) {
    case (.nothing, .acquired), (_, .mismatch): break
    case (_, let acquisition): Issue.record("\(standing): \(acquisition)")
    }
  }

  @Test("A lease that ends later than twice its length from now is shortened to its length, and keeps its epoch")
  func believableLease() throws {
    func lease(_ record: KeyRecord?) -> KeyRecord.Lease? {
      if case .pending(let lease)? = record?.state { lease } else { nil }
    }
    func pending(endsIn duration: Duration) throws -> KeyRecord {
      let record = try #require(Self.record(.pending))
      return KeyRecord(
        key: record.key, state: .pending(Self.lease("other", endsIn: duration)), fingerprint: record.fingerprint,
        agent: record.agent, epoch: record.epoch, attempts: record.attempts, root: record.root, parent: nil,
        childKey: nil, lamport: record.lamport, retention: record.retention, createdAt: record.createdAt,
        expiresAt: record.expiresAt)
    }
    #expect(try pending(endsIn: .seconds(120)).withBelievableLease(at: Self.now) == nil)
    let corrected = try pending(endsIn: .seconds(121)).withBelievableLease(at: Self.now)
    #expect(
      lease(corrected)?.expiresAt == Self.now.adding(.seconds(60)) && lease(corrected)?.owner == WorkerID("other"))
    #expect(corrected?.epoch == Epoch(4))
    #expect(try #require(Self.record(.completed)).withBelievableLease(at: Self.now) == nil)
  }
}
