import TestSupport
import Testing

@testable import DurableExecution

@Suite("The lineage of a run")
struct LineageTests {
  private static let fingerprint = Fingerprint(hex: String(repeating: "f", count: 64))

  private static func record(_ name: String, below lineage: Lineage) -> KeyRecord {
    let now = Timestamp(microseconds: 0)
    return .new(
      KeyText(effect: "step", segments: [name]), retention: .workflow, fingerprint: fingerprint,
      agent: AgentVersion("StepAgent", "2.1"), lineage: lineage,
      lease: KeyRecord.Lease(owner: WorkerID("us"), expiresAt: now, length: .zero), at: now)
  }

  @Test("names a step by SHA-256(parent:agent:version:payload); the root has only its key")
  func childKeys() {
    let root = Self.record("1", below: .root)
    #expect(root.childKey == nil && root.parent == nil && root.root == root.key)
    let child = Self.record("2", below: Lineage.root.below(root))
    let text = "idemp:step:1:StepAgent:2.1:\(Self.fingerprint.hex)"
    #expect(child.childKey == ContentDigest.sha256(text.utf8))
    #expect(child.root == root.key && child.parent == root.key.text)
  }

  @Test("leads from any step back to its root, with a time that grows at each step", arguments: Seeds.all)
  func chains(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var records: [KeyRecord] = []
      var lineage = Lineage.root
      for step in 0..<Int.random(in: 2...8, using: &random) {
        let record = Self.record("\(step)", below: lineage)
        records.append(record)
        lineage = lineage.below(record)
      }
      let names = Dictionary(uniqueKeysWithValues: records.map { ($0.childKey ?? $0.key.text, $0) })
      #expect(names.count == records.count, "seed \(seed): two steps have one name")
      for (before, record) in zip(records, records.dropFirst()) {
        #expect(record.parent.flatMap { names[$0] } == before && record.root == records[0].key, "seed \(seed)")
        #expect(record.lamport > before.lamport, "seed \(seed)")
      }
    }
  }

  @Test("takes its time from everything it has seen, so a replayed step does not turn it back")
  func replays() {
    let old = Self.record("1", below: .root)
    let late = Lineage(root: nil, parent: nil, lamport: LamportTime(50))
    #expect(late.below(old).lamport == LamportTime(50))
    #expect(Self.record("2", below: late.below(old)).lamport == LamportTime(51))
  }

  @Test("An agent's version is read as it is written; half of one is none", arguments: Seeds.all)
  func agents(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let (name, version) = ("Agent\(random.next())", "\(random.next()).0/rc")
      let agent = AgentVersion(name, version)
      #expect(AgentVersion(parsing: "\(agent)") == agent && "\(agent)" == "\(name)/\(version)")
    }
    for text in ["", "/", "PaymentAgent", "PaymentAgent/", "/1.2.0"] {
      #expect(AgentVersion(parsing: text) == nil, "\(text)")
    }
    #expect("\(WorkerID("worker-7"))" == "worker-7")
  }
}
