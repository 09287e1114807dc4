import Foundation
import PostgresDriver
import TestSupport
import Testing

@Suite("Shared connections", .postgres)
struct PostgresPoolTests {
  private static let backend = "SELECT pg_backend_pid()"
  /// How many seconds a statement sleeps that the test itself ends: longer than the test waits for anything.
  private static let long = 1200.0

  @Test("are made when needed, reused, and never exceed the limit")
  func limit() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 3)
    #expect(try await server.connections() == 0)
    for _ in 1...5 { _ = try await pool.use { try $0.integer(Self.backend) } }
    #expect(try await server.connections() == 1)
    #expect(try await connections(of: 5, in: pool, on: server, asleep: 3) == 3)
  }

  @Test(
    "that wait for the server block no thread of the cooperative pool: more statements run at once than it has threads")
  func overlap() async throws {
    let server = try ServerUnderTest()
    let count = ProcessInfo.processInfo.activeProcessorCount * 2 + 2
    let pool = try server.pool(limit: count)
    #expect(try await connections(of: count, in: pool, on: server, asleep: count) == count)
  }

  @Test("of a cancelled task are not used again, and the server stops the task's statement")
  func cancellation() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 1)
    let before = try await pool.use { try $0.integer(Self.backend) }
    let sleep = Task { try await pool.use { try $0.sleep(Self.long) } }
    #expect(try await server.waits(for: 1, where: "wait_event = 'PgSleep'"))
    let spent = await ContinuousClock().measure {
      sleep.cancel()
      await #expect(throws: PostgresError.self) { try await sleep.value }
    }
    #expect(spent < .seconds(Self.long / 2), "less than half of the time it would have slept")
    let after = try await pool.use { try $0.integer(Self.backend) }
    #expect(before != after)
    #expect(try await server.waits(for: 0, where: "pid = \(before)"))
  }

  @Test("are not given to a task that is cancelled while it waits, and the others lose none")
  func cancelledWaiting() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 1)
    let holder = Task { try await pool.use { try $0.sleep(Self.long) } }
    #expect(try await server.waits(for: 1, where: "wait_event = 'PgSleep'"))
    let waiting = Task { try await pool.use { try $0.integer("SELECT 1") } }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    holder.cancel()
    await #expect(throws: PostgresError.self) { try await holder.value }
    #expect(try await pool.use { try $0.integer("SELECT 2") } == 2)
  }

  @Test("are not waited for longer than the limit")
  func patience() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 1, patience: .seconds(2))
    let holder = Task { try await pool.use { try $0.sleep(Self.long) } }
    #expect(try await server.waits(for: 1, where: "wait_event = 'PgSleep'"))
    await #expect(throws: PostgresError.poolExhausted) { try await pool.use { try $0.integer("SELECT 1") } }
    holder.cancel()
    await #expect(throws: PostgresError.self) { try await holder.value }
    #expect(try await pool.use { try $0.integer("SELECT 1") } == 1)
  }

  @Test("that the server has ended are replaced", arguments: [1, 3])
  func termination(count: Int) async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...count { group.addTask { try await pool.use { try $0.sleep(0.2) } } }
      try await group.waitForAll()
    }
    try await server.terminate()
    let error = await #expect(throws: PostgresError.self) { try await pool.use { try $0.integer("SELECT 1") } }
    #expect(error?.breaksConnection == true)
    for _ in 1...count {
      #expect(try await pool.use { try $0.integer("SELECT 1") } == 1, "the stale connections are gone too")
    }
  }

  @Test("that end in the middle of a statement are replaced")
  func terminationUnderWay() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 1)
    let sleep = Task { try await pool.use { try $0.sleep(Self.long) } }
    #expect(try await server.waits(for: 1, where: "wait_event = 'PgSleep'"))
    try await server.terminate()
    let error = await #expect(throws: PostgresError.self) { try await sleep.value }
    #expect(error?.breaksConnection == true)
    #expect(try await pool.use { try $0.integer("SELECT 1") } == 1)
  }

  @Test("if no server answers, every waiting task gets the reason, and none waits forever")
  func nobodyThere() async throws {
    let folder = try TemporaryFolder()
    let pool = PostgresPool(try PostgresAddress("postgres:///none?host=\(folder.path)"), limit: 2)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 1...6 {
        group.addTask {
          do {
            _ = try await pool.use { try $0.integer("SELECT 1") }
            return false
          } catch PostgresError.noConnection { return true } catch { return false }
        }
      }
      for await isTold in group { #expect(isTold) }
    }
  }

  @Test("are not given out if their preparation fails")
  func preparation() async throws {
    let pool = PostgresPool(try PrivatePostgres.shared().address, limit: 1) { try $0.execute(script: "SELEKT") }
    await #expect(throws: PostgresError.self) { try await pool.use { try $0.integer("SELECT 1") } }
  }

  @Test("after closing, no connections are given out, running work finishes, and all connections close")
  func closing() async throws {
    let server = try ServerUnderTest()
    let pool = try server.pool(limit: 2)
    let lock = Int64.random(in: 1...Int64.max)
    let holder = try await PostgresConnection.open(PrivatePostgres.shared().address)
    try await holder.use { try $0.execute(script: "SELECT pg_advisory_lock(\(lock))") }
    let work = Task {
      try await pool.use { try $0.integer("SELECT 1 FROM (SELECT pg_advisory_lock(\(lock))) AS taken") }
    }
    #expect(try await server.waits(for: 1, where: "wait_event = 'advisory'"))
    pool.close()
    await #expect(throws: PostgresError.poolClosed) { try await pool.use { try $0.integer("SELECT 1") } }
    try await holder.use { try $0.execute(script: "SELECT pg_advisory_unlock(\(lock))") }
    #expect(try await work.value == 1)
    #expect(try await server.waits(for: 0, where: "TRUE"))
  }

  @Test("are all closed when the pool is deinitialized")
  func letGo() async throws {
    let server = try ServerUnderTest()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let pool = try server.pool(limit: 4)
      for _ in 1...4 { group.addTask { try await pool.use { try $0.sleep(0.1) } } }
      try await group.waitForAll()
    }
    #expect(try await server.waits(for: 0, where: "TRUE"))
  }

  /// Lets a number of tasks each run a statement that sleeps.
  ///
  /// - Returns: the number of connections once the statements that may sleep at once do.
  private func connections(
    of tasks: Int, in pool: PostgresPool, on server: ServerUnderTest, asleep: Int
  ) async throws -> Int64 {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...tasks { group.addTask { try? await pool.use { try $0.sleep(Self.long) } } }
      #expect(try await server.waits(for: Int64(asleep), where: "state = 'active' AND wait_event = 'PgSleep'"))
      let number = try await server.connections()
      group.cancelAll()
      return number
    }
  }
}
