import ClaimPipeline
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import DurableTesting
import TestSupport
import Testing

@Suite("A cache in front of the store saves lookups and decides nothing", .postgres)
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

  @Test("an archived key that the cache believes to be new is not inserted a second time")
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

  @Test("a key that the cache believes to be new is looked up before the commit if nothing is written for it")
  func lookedUp() async throws {
    let cache = LyingCache(.allIsNew)
    let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
    #expect(try await Self.ask(store) == nil)
    #expect(cache.wrong == 0)
    try await store.transaction { try $0.insert([SampleRecord.completed(Self.key.text)]) }
    #expect(try await Self.ask(store)?.status == .completed)
    #expect(cache.wrong == 1)
  }

  @Test("if the cached bytes differ from the stored digest, the bytes are read from the store")
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
