#if Redis
  import ClaimStore
  import DurableExecution
  import Logging
  import DurablePostgres
  import DurableRedis
  import DurableSQL
  import TestSupport
  import Testing

  @Suite("A Redis in front of the store", .postgres)
  struct RedisTests {
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

    @Test(
      "a Redis distinguishes new keys from known ones, stores responses, and is trusted only as far as the store confirms it"
    )
    func redis() async throws {
      let (server, schema) = (try PrivateRedis(), try PrivatePostgres.shared().newSchema())
      let calls = CallCount()
      let cache = RedisResponseCache(
        try server.address, secret: Array(repeating: 7, count: 32), logger: Logger(label: "test"))
      let store = try await Self.store(cache, schema: schema, probe: calls.probe)
      let record = SampleRecord.completed(Self.key.text)
      try await store.transaction { transaction in
        guard try transaction.records(for: [Self.key]).isEmpty else { return }
        try transaction.insert([record])
      }
      #expect(calls.of("keys.records") == 0, "the key was believed to be new, and its insert proved it")
      #expect(calls.of("keys.insertUnlooked") == 1)
      await cache.settled()
      #expect(try await Self.ask(store)?.response == record.response)
      #expect(calls.of("keys.recordsInPart") == 1, "the bytes came from the cache, and their digest from the store")
      #expect(cache.counts == .init(unseen: 1, responses: 1))

      try server.run("FLUSHALL")
      #expect(try await Self.ask(store)?.response == record.response)
      #expect(cache.counts.wrong == 1, "the cache believed the key to be new")

      await cache.settled()
      let name = try #require(try server.run("KEYS", "*").split(separator: "\n").first)
      try server.run("SET", String(name), "lies")
      #expect(try await Self.ask(store)?.response == record.response)
      #expect(cache.counts.wrong == 2, "the cached value cannot be opened")

      #expect(!name.contains("test"), "the content of keys stays in the store")
    }

    @Test("the store works without an unreachable Redis")
    func away() async throws {
      let cache = RedisResponseCache(
        try RedisAddress("unix:///nowhere/redis.sock"), secret: Array(repeating: 7, count: 32),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
      let record = SampleRecord.completed(Self.key.text)
      try await store.transaction { try $0.insert([record]) }
      for _ in 1...100 { #expect(try await Self.ask(store)?.response == record.response) }
      #expect(cache.counts == .init())
    }

    @Test("a Redis that closes the connection sends no signal to a process that does not ignore it")
    func closes() throws {
      let server = try PrivateRedis()
      let cache = RedisResponseCache(
        try server.address, secret: Array(repeating: 7, count: 32),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      #expect(cache.sight([Self.key])[Self.key] == .unseen)
      try server.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
      var sightings: [KeyText: KeySighting] = [:]
      let isRaised = raisesBrokenPipe { sightings = cache.sight([Self.key]) }
      #expect(!isRaised)
      #expect(sightings == [:], "nobody answered")
    }

    @Test("a Redis that hangs does not block the store")
    func hangs() async throws {
      let server = try PrivateRedis()
      let cache = RedisResponseCache(
        try server.address, secret: Array(repeating: 7, count: 32),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let store = try await Self.store(cache, schema: PrivatePostgres.shared().newSchema())
      let record = SampleRecord.completed(Self.key.text)
      try await store.transaction { try $0.insert([record]) }
      try server.run("CLIENT", "PAUSE", "60000")
      for _ in 1...100 { #expect(try await Self.ask(store)?.response == record.response) }
    }
  }
#endif
