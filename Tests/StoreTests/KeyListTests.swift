import ClaimPipeline
import ClaimStore
import DurableExecution
import DurableSQL
import Testing

@Suite("The list of keys has the newest matching keys, oldest first, live or archived")
struct KeyListTests {
  @Test(arguments: StoreUnderTest.direct)
  func `the limit keeps the newest, of what was asked for`(_ test: StoreUnderTest) async throws {
    let store = try await test.open()
    try await store.insert([Self.paid(1), Self.taken(2), Self.paid(3), Self.taken(4), Self.paid(5)])
    #expect(try await store.list(limit: 3) == [3, 4, 5])
    #expect(try await store.list(effect: "pay", limit: 2) == [3, 5])
    #expect(try await store.list(status: .completed, effect: "intake", limit: 9) == [2, 4])
    #expect(try await store.list(status: .pending, limit: 9).isEmpty)
    #expect(try await store.list(status: .failed, limit: 9).isEmpty)
  }

  @Test(arguments: StoreUnderTest.direct)
  func `archived keys stand among the live ones, by age`(_ test: StoreUnderTest) async throws {
    let store = try await test.open()
    try await store.insert([Self.paid(2), Self.paid(4)])
    #expect(try await store.transaction { try $0.archive(expiredBefore: $0.now.adding(.seconds(1e9)), limit: 9) } == 2)
    try await store.insert([Self.paid(1), Self.paid(3), Self.paid(5)])
    #expect(try await store.list(limit: 9) == [1, 2, 3, 4, 5])
    #expect(try await store.list(status: .completed, limit: 4) == [2, 3, 4, 5])
  }

  private static func paid(_ age: Int64) -> KeyRecord {
    SampleRecord.completed("idemp:pay:\(age)", createdAt: age)
  }

  private static func taken(_ age: Int64) -> KeyRecord {
    SampleRecord.completed("idemp:intake:\(age)", createdAt: age)
  }
}

extension ClaimStore {
  fileprivate func insert(_ records: [KeyRecord]) async throws {
    try await transaction { try $0.insert(records) }
  }

  /// Returns the creation times of the listed keys.
  fileprivate func list(status: KeyStatus? = nil, effect: String? = nil, limit: Int) async throws -> [Int64] {
    try await read { try $0.keys(status: status, effect: effect, limit: limit).map(\.createdAt.microseconds) }
  }
}
