import PostgresDriver
import TestSupport
import Testing

@Suite("A task that is canceled", .postgres, .timeLimit(.minutes(40)))
struct CancellationTests {
  private let proxy: PostgresProxy
  private let name = "canceled"

  init() throws {
    proxy = try PostgresProxy(to: PrivatePostgres.shared())
  }

  @Test("makes the server stop its statement, and waits for the answer to its cancel request")
  func running() async throws {
    let pool = PostgresPool(try proxy.address, limit: 1)
    // Known by its process: the view mixes the statements and the waits of sessions that come and go.
    let process = try await pool.use { $0.serverProcess }
    let sleep = Task { try await pool.use { try $0.sleep(1200) } }
    while try await sessions("pid = \(process) AND wait_event = 'PgSleep'") == 0 {
      try await Task.sleep(for: .milliseconds(20))
    }
    sleep.cancel()
    let error = await #expect(throws: PostgresError.self) { try await sleep.value }
    #expect(error?.state == .queryCanceled)
    #expect(proxy.cancelRequests == (1, 0))
    #expect(try await pool.use { try $0.integer("SELECT 1") } == 1)
  }

  @Test("sends no cancel request while nothing runs, since it would hit the next statement")
  func idle() async throws {
    let pool = PostgresPool(try proxy.address, limit: 1)
    let (entered, signal) = AsyncStream.makeStream(of: Void.self)
    let work = Task {
      try await pool.use { wire in
        _ = try wire.integer("SELECT 1")
        signal.yield()
        while !Task.isCancelled {}
        return try wire.integer("SELECT 2")
      }
    }
    for await _ in entered { break }
    work.cancel()
    await #expect(throws: PostgresError.canceled) { try await work.value }
    #expect(proxy.cancelRequests == (0, 0))
  }

  @Test("that listens for notifications sends no cancel request when it ends")
  func listener() async throws {
    let listener = PostgresListener(try proxy.address, channel: "some_channel")
    let listening = "query LIKE 'LISTEN%some_channel%'"
    let waiting = Task { await listener.wait(upTo: .seconds(1200)) }
    while try await sessions(listening) == 0 { try await Task.sleep(for: .milliseconds(20)) }
    listener.close()
    waiting.cancel()
    await waiting.value
    while try await sessions(listening) > 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(proxy.cancelRequests == (0, 0))
  }

  private func sessions(_ condition: String) async throws -> Int64 {
    try await PostgresPool(PrivatePostgres.shared().address, limit: 1).use { wire in
      try wire.integer("SELECT count(*) FROM pg_stat_activity WHERE \(condition)")
    }
  }
}
