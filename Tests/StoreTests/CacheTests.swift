import DurableTesting
import ClaimStore
import ClaimPipeline
import DurableExecution
import DurablePostgres
import DurableSQL
import TestSupport
import Testing

@Suite("A cache before the store saves look-ups and decides nothing", .postgres)
struct CacheTests {
  private static let key = KeyText("idemp:test:1")

  private static func store(
    _ cache: any ResponseCache, schema: String, probe: StoreProbe? = nil
  ) async throws -> PostgresStore {
    try await PostgresStore(
      PrivatePostgres.shared().address, schema: schema, connections: 2, probe: probe, cache: { _ in cache })
  }

  private static func ask(_ store: PostgresStore) async throws -> KeyRecord? {
    try await store.transaction { try $0.records(for: [Self.key])[Self.key] }
  }

  @Test("a key it takes for new, and that is archived, is not inserted a second time")
  func archived() async throws {
    let cache = LyingCache(.allIsNew)
    let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
    let record = SampleRecord.completed(Self.key.text)
    try await store.transaction { try $0.insert([record]) }
    #expect(try await store.transaction { try $0.archive(expiredBefore: $0.now.adding(.seconds(1e9)), limit: 9) } == 1)
    let found = try await store.transaction { transaction in
      let found = try transaction.records(for: [Self.key])[Self.key]
      if found == nil { try transaction.insert([record]) }
      return found
    }
    #expect(found?.isArchived == true)
    #expect(cache.wrong == 1)
  }

  @Test("a key it takes for new is looked up before the commit, where nothing is written about it")
  func lookedUp() async throws {
    let cache = LyingCache(.allIsNew)
    let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
    #expect(try await Self.ask(store) == nil)
    #expect(cache.wrong == 0)
    try await store.transaction { try $0.insert([SampleRecord.completed(Self.key.text)]) }
    #expect(try await Self.ask(store)?.status == .completed)
    #expect(cache.wrong == 1)
  }

  @Test("bytes that are not those on record are read from the store")
  func otherBytes() async throws {
    let cache = LyingCache(.allIsDone)
    let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
    let record = SampleRecord.completed(Self.key.text)
    try await store.transaction { try $0.insert([record]) }
    cache.remember([KeyText("idemp:test:2"): Array("another's".utf8)])
    cache.forget(Self.key)
    #expect(try await Self.ask(store)?.response?.bytes == record.response?.bytes)
    #expect(cache.wrong == 1)
  }
}
