import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing

@Suite("What every store promises: ConformanceTests", .postgres)
struct StoreConformanceTests {
  @Test("a transaction that fails leaves nothing", arguments: StoreUnderTest.all)
  func atomicity(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let record = SampleRecord.completed("idemp:test:1")
    await #expect(throws: StoreFailure.self) {
      try await store.transaction { transaction in
        try transaction.insert([record])
        throw StoreFailure.stale("the test")
      }
    }
    #expect(try await store.read { try $0.records(for: [record.key]) }.isEmpty)
  }

  @Test("a response comes back byte for byte, whatever the bytes", arguments: StoreUnderTest.all)
  func bytes(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let bytes = (0...255).map { UInt8($0) } + Array("{ \"b\":1,\t\"a\" : 2.00 }\n".utf8)
    let record = SampleRecord.completed("idemp:test:1", bytes: bytes)
    try await store.transaction { try $0.insert([record]) }
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  @Test("a key asked for alone is found as one asked for with others", arguments: StoreUnderTest.all)
  func aloneOrTogether(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let records = (1...3).map { SampleRecord.completed("idemp:test:\($0)") }
    try await store.transaction { try $0.insert(records) }
    let keys = records.map(\.key) + [KeyText("idemp:test:unknown"), KeyText("idemp:test:' OR '1'='1")]
    let together = try await store.read { try $0.records(for: keys) }
    #expect(together == Dictionary(uniqueKeysWithValues: records.map { ($0.key, $0) }))
    for key in keys {
      #expect(try await store.read { try $0.records(for: [key])[key] } == together[key])
    }
  }

  @Test("keys that were announced are found as they are when they are asked for", arguments: StoreUnderTest.all)
  func announced(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let (kept, changed, added, archived) = (
      SampleRecord.completed("idemp:test:1"), SampleRecord.pending("idemp:test:2", epoch: 1),
      SampleRecord.completed("idemp:test:3"), SampleRecord.completed("idemp:test:4")
    )
    let (later, unknown) = (SampleRecord.completed("idemp:test:2", epoch: 1), KeyText("idemp:test:5"))
    try await store.transaction { try $0.insert([archived]) }
    _ = try await store.transaction { try $0.archive(expiredBefore: Timestamp(microseconds: 101), limit: 9) }
    try await store.transaction { try $0.insert([kept, changed]) }
    let found = try await store.transaction { transaction in
      transaction.expect([kept.key, changed.key, added.key, archived.key, unknown])
      // Announced keys are looked up with the next question, whatever it is.
      _ = try transaction.records(for: [KeyText("idemp:test:other")])
      try transaction.replace([RecordChange(from: changed, to: later)])
      try transaction.insert([added])
      return try transaction.records(for: [kept.key, changed.key, added.key, archived.key, unknown])
    }
    #expect(found.mapValues(\.isArchived) == [kept.key: false, later.key: false, added.key: false, archived.key: true])
    #expect([found[kept.key], found[later.key], found[added.key]] == [kept, later, added])
    #expect(found[archived.key]?.response == archived.response)
  }

  @Test("a key is inserted once", arguments: StoreUnderTest.all)
  func insertedOnce(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let record = SampleRecord.completed("idemp:test:1")
    try await store.transaction { try $0.insert([record]) }
    await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.insert([record]) } }
  }

  @Test("a record is written only over the epoch and status that were read", arguments: StoreUnderTest.all)
  func fence(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let read = SampleRecord.pending("idemp:test:1", epoch: 1)
    let newer = SampleRecord.pending("idemp:test:1", epoch: 2)
    let done = SampleRecord.completed("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([read]) }
    try await store.transaction { try $0.replace([RecordChange(from: read, to: newer)]) }
    await #expect(throws: StoreFailure.fenced(read.key)) {
      try await store.transaction { try $0.replace([RecordChange(from: read, to: done)]) }
    }
    #expect(try await store.read { try $0.records(for: [read.key])[read.key]?.epoch } == Epoch(2))
  }

  @Test("a lease is renewed only for its owner", arguments: StoreUnderTest.all)
  func renewal(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let (ours, theirs) = (
      SampleRecord.pending("idemp:test:1", epoch: 1), SampleRecord.pending("idemp:test:2", epoch: 5)
    )
    try await store.transaction { try $0.insert([ours, theirs]) }
    let kept = try await store.transaction { transaction in
      try transaction.renew([(ours.key, Epoch(1)), (theirs.key, Epoch(4))], until: Timestamp(microseconds: 9))
    }
    #expect(kept == [ours.key])
  }

  @Test("an expired record moves to the archive and is found there", arguments: StoreUnderTest.all)
  func archive(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let record = SampleRecord.completed("idemp:test:1")
    let pending = SampleRecord.pending("idemp:test:2", epoch: 1)
    try await store.transaction { try $0.insert([record, pending]) }
    let moved = try await store.transaction { transaction in
      try transaction.archive(expiredBefore: record.expiresAt.adding(microseconds: 1), limit: 10)
    }
    #expect(moved == 1, "a pending key never expires")
    let found = try await store.read { try $0.records(for: [record.key, pending.key]) }
    #expect(found[record.key]?.isArchived == true)
    #expect(found[record.key]?.response == record.response)
    #expect(found[pending.key]?.isArchived == false)
  }

  @Test("an event is appended once for each key and epoch", arguments: StoreUnderTest.all)
  func events(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let event = EffectEvent(
      key: KeyText("idemp:test:1"), epoch: .first, stream: "s", type: "t", agent: AgentVersion("TestAgent", "1"),
      lamport: LamportTime(1), at: Timestamp(microseconds: 1), facts: Array("{}".utf8))
    try await store.transaction { try $0.append([event]) }
    await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.append([event]) } }
  }

  @Test("a saga is written only over the version that was read", arguments: StoreUnderTest.all)
  func sagas(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let saga = Saga("test", steps: [.init("one", undoneBy: "undo"), .init("two")])
    let begun = saga.begun(id: "1")
    let moved = saga.advanced(begun)
    try await store.transaction { try $0.save([SagaChange(begun, over: nil)]) }
    try await store.transaction { try $0.save([SagaChange(moved, over: begun)]) }
    await #expect(throws: StoreFailure.self) {
      try await store.transaction { try $0.save([SagaChange(moved, over: begun)]) }
    }
    #expect(try await store.read { try $0.sagas(["1"])["1"] } == moved)
  }

  @Test("a claim is written only over the version that was read", arguments: StoreUnderTest.all)
  func claimVersions(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let claim = SampleRecord.claim("CLM-1")
    try await store.transaction { try $0.insert([claim]) }
    let once = claim.row.advanced { $0.status = .suspended }
    try await store.transaction { try $0.update([once]) }
    await #expect(throws: StoreFailure.stale("claim CLM-1")) { try await store.transaction { try $0.update([once]) } }
    #expect(try await store.read { try $0.claims([claim.row.id])[claim.row.id] } == once)
    #expect(try await store.read { try $0.bodies(of: [claim.row.id])[claim.row.id] } == claim.body)
  }

  @Test("a claim has at most one standing payment, whatever its key", arguments: StoreUnderTest.all)
  func standingPayment(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let claim = SampleRecord.claim("CLM-1")
    try await store.transaction { transaction in
      try transaction.insert([claim])
      try transaction.insert([
        SampleRecord.payment("PAY-1", of: claim, .refused), SampleRecord.payment("PAY-2", of: claim, .paid),
      ])
    }
    for state in PaymentRow.State.allCases {
      let another = SampleRecord.payment("PAY-3-\(state.rawValue)", of: claim, state)
      if state.isStanding {
        await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.insert([another]) } }
      } else {
        try await store.transaction { try $0.insert([another]) }
      }
    }
  }

  @Test("accumulators are the sum of the appended entries, in total and by claim", arguments: StoreUnderTest.all)
  func accumulators(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let (first, second) = (SampleRecord.claim("CLM-1"), SampleRecord.claim("CLM-2"))
    let scope = AccumulatorScope(
      holder: .member(MemberID("M1")), planID: PlanID("PPO"), planYear: 2026, bucket: .deductible)
    let untouched = AccumulatorScope(
      holder: .member(MemberID("M2")), planID: PlanID("PPO"), planYear: 2026, bucket: .deductible)
    try await store.transaction { transaction in
      try transaction.insert([first, second])
      for (index, (claim, cents)) in [(first, 12_500), (second, 2_500), (first, -5_000)].enumerated() {
        try transaction.append([
          AccumulatorRow(
            entry: .init(scope: scope, amount: Money(cents: Int64(cents))), claimID: claim.row.id,
            effectKey: KeyText("idemp:test:\(index)"))
        ])
      }
    }
    #expect(try await store.read { try $0.accumulators([scope, untouched]) } == [scope: Money(cents: 10_000)])
    let own = try await store.read { try $0.contributions(of: [first.row.id], to: [scope, untouched]) }
    #expect(own == [first.row.id: [scope: Money(cents: 7_500)]])
  }

  @Test(
    "a change of coverage retires the answers it affects and returns the claims that used them",
    arguments: StoreUnderTest.all)
  func retirement(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let key = EligibilityKey(memberID: MemberID("M:1"), planID: PlanID("PPO"), dateOfService: .openEnd).text
    let other = EligibilityKey(memberID: MemberID("M:10"), planID: PlanID("PPO"), dateOfService: .openEnd).text
    var claim = SampleRecord.claim("CLM-1")
    claim.row.keys.eligibility = key
    let stored = claim
    let touched = try await store.transaction { transaction in
      try transaction.insert([SampleRecord.completed(key.text), SampleRecord.completed(other.text)])
      try transaction.insert([stored])
      return try transaction.retireEligibility(of: [MemberID("M:1")])
    }
    #expect(touched == [stored.row.id])
    let after = try await store.read { try $0.records(for: [key, other]) }
    #expect(after[key]?.status == .pending, "the next claim asks again, under a newer epoch")
    #expect(after[key]?.epoch == Epoch(2))
    #expect(after[other]?.status == .completed, "another member's answers stay valid")
  }

  @Test("a ruleset's name always refers to the content it was first used with", arguments: StoreUnderTest.all)
  func rulesets(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let (one, other) = (String(repeating: "1", count: 64), String(repeating: "2", count: 64))
    #expect(try await store.transaction { try $0.register(RulesetID("r"), digest: one) } == one)
    #expect(try await store.transaction { try $0.register(RulesetID("r"), digest: other) } == one)
  }
}
