import ClaimPipeline
import ClaimStore
import DurableExecution
import DurableSQL
import DurableTesting
import Synchronization
import TestSupport
import Testing

@Suite("A response stays live for its retention, counted from the last request", .serialized)
struct RetentionTests {
  /// The documented lengths, independent of the type under test.
  private static let lengths: [(retention: Retention, length: Duration)] = [
    (.apiCall, .seconds(3_600)), (.workflow, .seconds(86_400)), (.financial, .seconds(30 * 86_400)),
  ]

  @Test(
    "after it, the archive answers with the same bytes: nothing is done again, and a miss is counted",
    arguments: StoreUnderTest.all, Retention.allCases)
  func expires(under test: StoreUnderTest, retention: Retention) async throws {
    let desk = try await NoteDesk(test, retention)
    let first = try await desk.ask()
    desk.clock.advance(by: try Self.length(of: retention))
    #expect(try await desk.archive() == 0, "the response expires after the last moment of its retention")
    desk.clock.advance(by: .microseconds(1))
    #expect(try await desk.archive() == 1)
    #expect(try await desk.archive() == 0)
    for misses in 1...3 {
      #expect(try await desk.ask() == first)
      #expect(desk.runner.counts.expirationMisses == misses)
    }
    #expect(desk.timesDone == 1 || test.isBehindCache)
    #expect(desk.runner.counts.acquired == 1 || test.isBehindCache)
  }

  @Test("each request extends it", arguments: StoreUnderTest.all, Retention.allCases)
  func slides(under test: StoreUnderTest, retention: Retention) async throws {
    let desk = try await NoteDesk(test, retention)
    let length = try Self.length(of: retention)
    let first = try await desk.ask()
    for _ in 1...4 {
      desk.clock.advance(by: length / 2)
      #expect(try await desk.ask() == first)
      #expect(try await desk.archive() == 0)
    }
    desk.clock.advance(by: length)
    #expect(try await desk.archive() == 0)
    desk.clock.advance(by: .microseconds(1))
    #expect(try await desk.archive() == 1)
    #expect(desk.runner.counts.expirationMisses == 0)
    #expect(desk.timesDone == 1 || test.isBehindCache)
  }

  @Test(
    "a response requested after its expiry and before it is archived is replayed, counted as a miss, and live again",
    arguments: StoreUnderTest.all, Retention.allCases)
  func late(under test: StoreUnderTest, retention: Retention) async throws {
    let desk = try await NoteDesk(test, retention)
    let first = try await desk.ask()
    desk.clock.advance(by: try Self.length(of: retention) + .seconds(1))
    #expect(try await desk.ask() == first)
    #expect(desk.runner.counts.expirationMisses == 1)
    #expect(try await desk.archive() == 0)
    #expect(try await desk.ask() == first)
    #expect(desk.runner.counts.expirationMisses == 1)
    #expect(desk.timesDone == 1 || test.isBehindCache)
  }

  private static func length(of retention: Retention) throws -> Duration {
    try #require(lengths.first { $0.retention == retention }).length
  }
}

/// One effect with one retention, on a store with a manual clock.
private struct NoteDesk {
  let clock = ManualClock()
  let runner = DurableRunner(worker: WorkerID("worker"))
  private let store: ClaimStore
  private let retention: Retention
  private let done = DoneCount()

  init(_ test: StoreUnderTest, _ retention: Retention) async throws {
    store = try await test.open(clock: clock)
    self.retention = retention
  }

  var timesDone: Int { done.count }

  func archive() async throws -> Int {
    try await store.transaction { try $0.archive(expiredBefore: $0.now, limit: 100) }
  }

  /// Requests the response, and returns its stored bytes.
  func ask() async throws -> [UInt8] {
    switch retention {
    case .apiCall: try await ask(store, HourNote.self)
    case .workflow: try await ask(store, DayNote.self)
    case .financial: try await ask(store, MonthNote.self)
    }
  }

  private func ask<Key: NoteKey>(_ store: ClaimStore, _ key: Key.Type) async throws -> [UInt8] {
    let activity = NoteActivity<Key, ClaimTransaction>(done: done)
    let outcome = try await store.transaction { [runner] transaction in
      try runner.run(activity, ActivityCall("a note"), in: transaction)
    }
    guard case .completed(let completion) = outcome else { return [] }
    return completion.stored.bytes
  }
}

private protocol NoteKey: EffectKey where Response == String {
  init(note: String)
}

private struct HourNote: NoteKey {
  typealias Response = String
  static let effect = "hour-note"
  static let retention = Retention.apiCall
  let note: String
  var segments: [String] { [note] }
}

private struct DayNote: NoteKey {
  typealias Response = String
  static let effect = "day-note"
  static let retention = Retention.workflow
  let note: String
  var segments: [String] { [note] }
}

private struct MonthNote: NoteKey {
  typealias Response = String
  static let effect = "month-note"
  static let retention = Retention.financial
  let note: String
  var segments: [String] { [note] }
}

/// Answers with the number of times it was done, so that a second time is noticed.
private struct NoteActivity<Key: NoteKey, Transaction: DurableTransaction>: LocalActivity {
  typealias Request = String
  let done: DoneCount
  let agent = AgentVersion("NoteAgent", "1.0.0")
  let eventType = "noted"

  func key(for request: String) -> Key { Key(note: request) }
  func stream(for request: String, key: KeyText) -> String { "note" }
  func facts(of response: String) -> [String: String] { [:] }

  func perform(_ calls: [OwnedCall<String>], in transaction: Transaction) -> Answers<
    KeyText, Result<String, ActivityFailure>
  > {
    calls.answers { _ in .success("done \(done.next())") }
  }
}

private final class DoneCount: Sendable {
  private let number = Mutex(0)

  var count: Int { number.withLock { $0 } }

  func next() -> Int {
    number.withLock { number in
      number += 1
      return number
    }
  }
}
