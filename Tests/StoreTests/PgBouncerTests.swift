import ClaimPipeline
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import PostgresDriver
import TestSupport
import Testing

@Suite("A store behind pgBouncer", .postgres, .timeLimit(.minutes(40)))
struct PgBouncerTests {
  private let server: PrivatePostgres
  private let schema: String

  init() throws {
    server = try PrivatePostgres.shared()
    schema = server.newSchema()
  }

  @Test("in session mode works like any other store")
  func sessionMode() async throws {
    let pooler = try PrivatePgBouncer(before: server, .session)
    let store = try await PostgresStore(pooler.address(), schema: schema, connections: 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...40 {
        group.addTask {
          let record = SampleRecord.completed("idemp:test:\(number % 20)")
          try await store.transaction { transaction in
            guard try transaction.records(for: [record.key]).isEmpty else { return }
            try transaction.insert([record])
          }
        }
      }
      try await group.waitForAll()
    }
    let keys = (0..<20).map { KeyText("idemp:test:\($0)") }
    #expect(try await store.read { try $0.records(for: keys) }.count == 20)
  }

  @Test("in session mode survives workers that are canceled in the middle of a statement")
  func canceledWorkers() async throws {
    let pooler = try PrivatePgBouncer(before: server, .session)
    for _ in 1...8 {
      let store = try await PostgresStore(pooler.address(), schema: schema, connections: 2)
      let slow = Task { try await store.transaction { _ = try $0.latest(act: "none", limit: 1) } }
      let listening = Task { await store.awaitWork(upTo: .seconds(60)) }
      try await Task.sleep(for: .milliseconds(20))
      slow.cancel()
      listening.cancel()
      _ = await slow.result
      await listening.value
      store.close()
    }
    #expect(try await PostgresStore.schemaVersion(at: pooler.address(), schema: schema) == SchemaSteps.claims.version)
  }

  @Test("in transaction mode is refused, before it leaves anything on a session that others share")
  func transactionMode() async throws {
    let pooler = try PrivatePgBouncer(before: server, .transaction)
    for _ in 1...2 {
      let failure = await #expect(throws: StoreFailure.self) {
        try await PostgresStore(pooler.address(), schema: schema)
      }
      #expect(failure.map { "\($0)".contains("session mode") } == true, "the message states what to do")
    }
    await #expect(throws: StoreFailure.self) {
      try await PostgresStore.schemaVersion(at: pooler.address(), schema: schema)
    }
    // The state of the session that the next client finds.
    let left = try await PostgresConnection.open(pooler.address()).use { wire in
      try wire.send(
        "left",
        """
        SELECT (SELECT count(*) FROM pg_prepared_statements WHERE name <> 'left') \
        + (SELECT count(*) FROM pg_settings WHERE source = 'session' AND name <> 'application_name' \
        AND name <> 'client_encoding') + (SELECT count(*) FROM pg_listening_channels())
        """, PostgresArguments())
      return try wire.answers().first?.row(0).integer(0)
    }
    #expect(left == 0)
    #expect(try await PostgresStore.schemaVersion(at: server.address, schema: schema) == 0, "no schema was made")
  }
}
