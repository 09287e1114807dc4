import Foundation
import TestSupport
import Testing

@testable import PostgresDriver

@Suite("A silent server", .postgres, .timeLimit(.minutes(40)))
struct SilenceTests {
  private let server: PrivatePostgres
  /// Limits that ask the server early, so that the tests are short.
  private let quick = Silence.Limits(untilAsked: .milliseconds(300), atMost: .seconds(60))

  init() throws {
    server = try PrivatePostgres()
  }

  @Test("a connection through which nothing arrives any longer is given up, even if it is open at both ends")
  func silentNetwork() async throws {
    try await onThread {
      let proxy = try PostgresProxy(to: server)
      let wire = try PostgresWire(proxy.address, silence: quick)
      #expect(try wire.integer("SELECT 1") == 1)
      proxy.fallSilent()
      let failure = #expect(throws: PipelineFailure.self) { try wire.integer("SELECT 1") }
      #expect(failure?.error.isLost == true)
      #expect(wire.isBroken)
    }
  }

  @Test("a connection is given up if its server process or the whole server is frozen")
  func frozen() async throws {
    try await onThread {
      let wires = try (1...2).map { _ in try PostgresWire(server.address, silence: quick) }
      defer { server.thaw() }
      kill(pid_t(wires[0].serverProcess), SIGSTOP)
      #expect(throws: PipelineFailure.self) { try wires[0].integer("SELECT 1") }
      try server.freeze()
      #expect(throws: PipelineFailure.self) { try wires[1].integer("SELECT 1") }
      #expect(throws: PostgresError.self) { try PostgresWire(server.address) }
    }
  }

  @Test("a server that is too busy to answer anybody for some seconds is waited for")
  func busy() async throws {
    try await onThread {
      let wire = try PostgresWire(server.address, silence: quick)
      try server.freeze()
      // Longer than one question about the session is waited for, and shorter than two.
      let thawing = Thread { [server] in
        Thread.sleep(forTimeInterval: 5)
        server.thaw()
      }
      thawing.start()
      #expect(try wire.integer("SELECT 1") == 1)
    }
  }

  @Test("if an address has several hosts, the next host is used when the first falls silent")
  func nextHost() async throws {
    let proxy = try PostgresProxy(to: server)
    let both = try PostgresAddress(
      "postgres:///postgres?host=\(proxy.folderPath),\(server.socketFolder)&port=5432,5432&user=paidonce&connect_timeout=2"
    )
    let pool = PostgresPool(both, limit: 1)
    #expect(try await pool.use { try $0.integer("SELECT 1") } == 1)
    proxy.fallSilent()
    await #expect(throws: PostgresError.self) { try await pool.use { try $0.integer("SELECT 1") } }
    #expect(try await pool.use { try $0.integer("SELECT 1") } == 1, "the second host answers")
  }

  @Test("a long statement is not given up while the server reports that it is working or waiting for a lock")
  func atWork() async throws {
    let pool = PostgresPool(try server.address, limit: 3)
    let holder = try await PostgresConnection.open(server.address)
    try await holder.use { try $0.execute(script: "SELECT pg_advisory_lock(1)") }
    // Longer than the time after which the server is asked.
    async let working = pool.use { try $0.integer("SELECT 1 FROM pg_sleep(5)") }
    async let waiting = pool.use { try $0.integer("SELECT 1 FROM (SELECT pg_advisory_lock(1)) AS taken") }
    let isWaiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    while try await pool.use({ try $0.integer(isWaiting) }) == 0 { try await Task.sleep(for: .milliseconds(20)) }
    try await Task.sleep(for: .seconds(5))
    try await holder.use { try $0.execute(script: "SELECT pg_advisory_unlock(1)") }
    #expect(try await working == 1)
    #expect(try await waiting == 1)
  }

  @Test("a session that the server has ended without notice is given up")
  func gone() async throws {
    try await onThread {
      let proxy = try PostgresProxy(to: server)
      let wire = try PostgresWire(proxy.address, silence: quick)
      proxy.fallSilent()
      let other = try PostgresWire(server.address)
      #expect(
        try other.integer(
          "SELECT count(*) FROM pg_terminate_backend(\(wire.serverProcess)::integer) AS is_ended WHERE is_ended"
        ) == 1)
      #expect(throws: PipelineFailure.self) { try wire.integer("SELECT 1") }
    }
  }

  @Test(
    "nothing is sent before the answers are requested, so a client that stops before that blocks others only briefly")
  func nothingSentEarly() async throws {
    try await onThread {
      let wire = try PostgresWire(server.address)
      try wire.execute(script: "BEGIN")
      for number in 1...200 {
        var arguments = PostgresArguments()
        arguments.append(text: String(repeating: "\(number)", count: 500))
        try wire.send("echo", "SELECT $1::text", arguments)
      }
      #expect(try state(of: wire) == "idle in transaction")
      #expect(try wire.answers().count == 200)
    }
  }

  @Test(
    "wherever sending a long pipeline is cut off, the server sees the session as idle in a transaction",
    arguments: [1, 2, 3, 5])
  func wholeGroups(pieces: Int) async throws {
    try await onThread {
      let proxy = try PostgresProxy(to: server)
      let wire = try PostgresWire(proxy.address, silence: quick)
      try wire.execute(script: "BEGIN")
      for number in 1...1_500 {
        var arguments = PostgresArguments()
        arguments.append(text: String(repeating: "\(number)", count: 300))
        try wire.send("echo", "SELECT $1::text", arguments)
      }
      proxy.fallSilent(after: pieces)
      #expect(throws: PipelineFailure.self) { _ = try wire.answers() }
      #expect(try state(of: wire) == "idle in transaction")
    }
  }

  // MARK: The server's view

  private func state(of wire: PostgresWire) throws -> String {
    let other = try PostgresWire(server.address)
    return try other.ask("SELECT state FROM pg_stat_activity WHERE pid = \(wire.serverProcess)").row(0).text(0)
  }
}

extension PostgresError {
  fileprivate var isLost: Bool { if case .connectionLost = self { true } else { false } }
}
