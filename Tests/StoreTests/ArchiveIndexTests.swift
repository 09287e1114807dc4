import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Synchronization
import TestSupport
import Testing

@testable import DurableSQL

@Suite("A process's index of the archive saves lookups and never hides a key", .serialized)
struct ArchiveIndexTests {
  @Test("a key that was never used is not looked up in the archive", arguments: StoreUnderTest.direct)
  func saved(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let (other, calls) = (try await place.open(), CallCount())
    let asker = try await place.open(probe: calls.probe)
    try await other.archive((0..<50).map { "idemp:test:\($0)" })
    for number in 0..<200 { #expect(try await asker.finds("idemp:new:\(number)") == nil) }
    #expect(calls.of("keys.records") == 200)
    #expect(calls.of("keys.newlyArchived") == 1)
    #expect(calls.of("keys.archived") < 20, "few unknown keys are mistaken for archived ones")
  }

  @Test("a key that another process archives is found at once", arguments: StoreUnderTest.direct)
  func foundAtOnce(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let (other, calls) = (try await place.open(), CallCount())
    let asker = try await place.open(probe: calls.probe)
    for number in 0..<40 {
      let key = "idemp:test:\(number)"
      #expect(try await asker.finds(key) == nil)
      try await other.archive([key])
      #expect(try await asker.finds(key)?.isArchived == true)
    }
    #expect(calls.of("keys.archived") < 60, "the index was complete at each lookup")
  }

  @Test(
    "a long archive is indexed one page per transaction, and is queried until the index is complete",
    arguments: StoreUnderTest.direct)
  func longArchive(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let (other, calls) = (try await place.open(), CallCount())
    let asker = try await place.open(probe: calls.probe)
    let pages = 3
    let keys = (0..<pages * ArchiveIndex.page).map { "idemp:test:\($0)" }
    try await other.archive(keys)
    for page in 1...pages {
      #expect(try await asker.finds(keys[keys.count - page])?.isArchived == true)
      #expect(calls.of("keys.newlyArchived") == page)
      #expect(calls.of("keys.archived") == page)
    }
    for number in 0..<100 { _ = try await asker.finds("idemp:later:\(number)") }
    #expect(calls.of("keys.newlyArchived") == pages)
    #expect(calls.of("keys.archived") < 20)
  }

  @Test(
    "a number is not reused after the last key leaves the archive: the next archived key is found",
    arguments: StoreUnderTest.direct)
  func lastLeaves(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let (other, asker) = (try await place.open(), try await place.open())
    let member = MemberID("M1")
    let leaving = EligibilityKey(memberID: member, planID: PlanID("PPO"), dateOfService: .openEnd).text
    try await other.archive(["idemp:test:1"])
    try await other.archive([leaving.text])
    #expect(try await asker.finds(leaving.text)?.isArchived == true)
    _ = try await other.transaction { try $0.retireEligibility(of: [member]) }
    #expect(try await asker.finds(leaving.text)?.status == .pending)
    try await other.archive(["idemp:test:2"])
    #expect(try await asker.finds("idemp:test:2")?.isArchived == true)

    // The key goes back into the archive, under a new number.
    try await other.transaction { transaction in
      guard let pending = try transaction.records(for: [leaving])[leaving] else { return }
      let done = SampleRecord.completed(leaving.text, epoch: pending.epoch.number)
      try transaction.replace([RecordChange(from: pending, to: done)])
    }
    _ = try await other.transaction { try $0.archive(expiredBefore: Self.later, limit: 10) }
    #expect(try await asker.finds(leaving.text)?.isArchived == true)
  }

  @Test("an archiving that was rolled back leaves no trace in the index", arguments: StoreUnderTest.direct)
  func takenBack(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let (other, asker) = (try await place.open(), try await place.open())
    try await other.archive(["idemp:test:0"])
    #expect(try await asker.finds("idemp:new:0") == nil)
    let (ours, theirs) = (SampleRecord.completed("idemp:test:1"), "idemp:test:2")
    try await other.transaction { try $0.insert([ours]) }
    await #expect(throws: StoreFailure.self) {
      try await asker.transaction { transaction in
        _ = try transaction.archive(expiredBefore: Self.later, limit: 10)
        let found = try transaction.records(for: [ours.key, KeyText("idemp:new:1")])
        #expect(found[ours.key]?.isArchived == true)
        throw StoreFailure.stale("the test")
      }
    }
    #expect(try await asker.finds(ours.key.text)?.isArchived == false)
    // In SQLite the key gets the number that was rolled back. It is archived alone, since a newer number would update
    // the index.
    try await other.transaction { try $0.extend([(key: ours.key, until: Self.later)]) }
    try await other.archive([theirs])
    #expect(try await asker.finds(theirs)?.isArchived == true)
    #expect(try await asker.finds(ours.key.text)?.isArchived == false)
  }

  @Test("with concurrent archivers and readers, every key is found at all times", arguments: StoreUnderTest.direct)
  func concurrent(under test: StoreUnderTest) async throws {
    let place = try test.place()
    let asker = try await place.open()
    let known = KnownKeys()
    let missed = try await withThrowingTaskGroup(of: Int.self) { group in
      for archiver in 1...2 {
        let store = try await place.open()
        group.addTask {
          for round in 0..<30 {
            let keys = (0..<5).map { "idemp:test:\(archiver)-\(round)-\($0)" }
            try await store.transaction { try $0.insert(keys.map { SampleRecord.completed($0) }) }
            known.add(keys)
            _ = try await store.transaction { try $0.archive(expiredBefore: Self.later, limit: 7) }
          }
          return 0
        }
      }
      for seed in 1...3 as ClosedRange<UInt64> {
        group.addTask {
          var random = SeededGenerator(seed: seed)
          var missed = 0
          while !known.isComplete {
            let wanted = known.some(20, using: &random)
            let found = try await asker.transaction { try $0.records(for: Array(wanted)) }
            missed += wanted.count { found[$0] == nil }
          }
          return missed
        }
      }
      var missed = 0
      for _ in 1...2 { missed += try await group.next() ?? 0 }
      known.close()
      for try await more in group { missed += more }
      return missed
    }
    #expect(missed == 0)
  }

  @Test("another server's archive is a different archive")
  func incarnations() throws {
    let index = ArchiveIndex(seed: 1)
    let (known, stranger) = (KeyText("idemp:test:1"), KeyText("idemp:test:2"))
    try index.fill(upTo: 5, in: 7) { _ in [ArchivedKey(key: known, sequence: 5)] }
    #expect(index.candidates(among: [known, stranger], upTo: 5, in: 7) == [known])
    #expect(index.candidates(among: [stranger], upTo: 6, in: 7) == [stranger], "the index does not reach that far")
    #expect(index.candidates(among: [stranger], upTo: 5, in: 8) == [stranger], "the number may belong to another key")
    try index.fill(upTo: 5, in: 8) { reach in
      #expect(reach == 0)
      return [ArchivedKey(key: stranger, sequence: 5)]
    }
    #expect(index.candidates(among: [known, stranger], upTo: 5, in: 8) == [stranger])
  }

  fileprivate static let later = SampleRecord.completed("").expiresAt.adding(microseconds: 1)
}

extension ClaimStore {
  fileprivate func archive(_ keys: [String]) async throws {
    try await transaction { transaction in
      try transaction.insert(keys.map { SampleRecord.completed($0) })
      _ = try transaction.archive(expiredBefore: ArchiveIndexTests.later, limit: 10_000)
    }
  }

  fileprivate func finds(_ key: String) async throws -> KeyRecord? {
    try await transaction { try $0.records(for: [KeyText(key)])[KeyText(key)] }
  }
}

/// The keys committed so far.
private final class KnownKeys: Sendable {
  private let keys = Mutex<[String]>([])
  private let isClosed = Mutex(false)

  var isComplete: Bool { isClosed.withLock { $0 } }

  func add(_ more: [String]) { keys.withLock { $0 += more } }

  func close() { isClosed.withLock { $0 = true } }

  func some(_ count: Int, using random: inout SeededGenerator) -> Set<KeyText> {
    let all = keys.withLock { $0 }
    return Set((0..<count).compactMap { _ in all.randomElement(using: &random).map(KeyText.init(_:)) })
  }
}
