import PostgresDriver
import TestSupport
import Testing

@Suite("Statements sent together", .postgres)
struct PipelineTests {
  private let pool: PostgresPool

  init() throws {
    pool = try ServerUnderTest().pool(limit: 1)
  }

  @Test("are answered in order")
  func order() async throws {
    let numbers = try await pool.use { wire in
      for number in 1...200 {
        var arguments = PostgresArguments()
        arguments.append(integer: Int64(number))
        try wire.send("echo", "SELECT $1::bigint", arguments)
      }
      return try wire.answers().map { try $0.row(0).integer(0) }
    }
    #expect(numbers == Array(1...200))
  }

  @Test("give no answers if nothing was sent")
  func nothing() async throws {
    #expect(try await pool.use { try $0.answers().count } == 0)
  }

  @Test("report a failure with its position, and after a rollback the connection works as before")
  func failure() async throws {
    try await pool.use { wire in
      func send(_ sql: String) throws { try wire.send(sql, sql, PostgresArguments()) }
      try send("BEGIN")
      try send("SELECT 1")
      try send("SELECT 1 / 0")
      try send("SELECT 3")
      let failure = #expect(throws: PipelineFailure.self) { try wire.answers() }
      #expect(failure?.position == 2)
      #expect(failure?.error.state == SQLState(rawValue: "22012"))
      let refusal = #expect(throws: PipelineFailure.self) { try wire.integer("SELECT 4") }
      #expect(refusal?.error.state == SQLState(rawValue: "25P02"), "the transaction has failed")
      try send("ROLLBACK")
      #expect(try wire.answers().last?.command == "ROLLBACK")
      #expect(try wire.integer("SELECT 3") == 3, "the statement was skipped, and so was its preparation")
      #expect(!wire.isBroken)
    }
  }

  @Test("report one that cannot be prepared in its place, and its name can be used again")
  func preparation() async throws {
    try await pool.use { wire in
      try wire.send("good", "SELECT 1", PostgresArguments())
      try wire.send("odd", "SELEKT 1", PostgresArguments())
      try wire.send("never", "SELECT 3", PostgresArguments())
      let failure = #expect(throws: PipelineFailure.self) { try wire.answers() }
      #expect(failure?.position == 1)
      #expect(failure?.error.state == SQLState(rawValue: "42601"))
      for (name, number) in [("good", 1), ("odd", 2), ("never", 3)] {
        try wire.send(name, "SELECT \(number)", PostgresArguments())
        #expect(try wire.answers().first?.row(0).integer(0) == Int64(number))
      }
    }
  }

  @Test("a connection left in a transaction is not given to another task")
  func leftOpen() async throws {
    let first = try await pool.use { wire in
      try wire.execute(script: "BEGIN")
      return try wire.integer("SELECT pg_backend_pid()")
    }
    let second = try await pool.use { try $0.integer("SELECT pg_backend_pid()") }
    #expect(first != second)
  }

  @Test("the answer to an abandoned statement is not given to the next task")
  func leftUnanswered() async throws {
    try await pool.use { try $0.send("left", "SELECT 17", PostgresArguments()) }
    #expect(try await pool.use { try $0.integer("SELECT 18") } == 18)
  }

  @Test(
    "a refusal's SQLSTATE determines its kind, and whether the connection is broken",
    arguments: [
      ("40001", SQLState.serializationFailure, false), ("40P01", .deadlockDetected, false),
      ("23505", .uniqueViolation, false), ("57014", .queryCanceled, false), ("55P03", .lockNotAvailable, false),
      ("53100", .diskFull, false), ("25006", .readOnlyTransaction, true), ("42501", .insufficientPrivilege, false),
      ("57P01", SQLState(rawValue: "57P01"), true), ("08006", SQLState(rawValue: "08006"), true),
      ("58030", SQLState(rawValue: "58030"), true), ("P0001", SQLState(rawValue: "P0001"), false),
    ])
  func states(code: String, state: SQLState, spoils: Bool) async throws {
    try await pool.use { wire in
      let failure = #expect(throws: PipelineFailure.self) {
        try wire.ask("DO $do$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE = '\(code)'; END $do$")
      }
      #expect(failure?.error.state == state)
      #expect(failure?.error.breaksConnection == spoils)
      #expect(wire.isBroken == spoils)
    }
    #expect(
      try await pool.use { try $0.integer("SELECT 1") } == 1, "if the connection is broken, the pool has another one")
  }

  @Test("a refusal by a constraint contains the constraint and the table, and no values")
  func constraint() async throws {
    try await pool.use { wire in
      try wire.execute(script: "CREATE TEMP TABLE rows (name TEXT, CONSTRAINT one_of_each UNIQUE (name))")
      let insert = "INSERT INTO rows VALUES ($1)"
      _ = try wire.ask(insert) { $0.append(text: "secret") }
      let failure = #expect(throws: PipelineFailure.self) { try wire.ask(insert) { $0.append(text: "secret") } }
      guard case .server(let error)? = failure?.error else {
        Issue.record("the failure is not the server's refusal")
        return
      }
      #expect((error.state, error.constraint, error.table) == (.uniqueViolation, "one_of_each", "rows"))
      #expect(!"\(PostgresError.server(error))".contains("secret"))
    }
  }

  @Test("a name is quoted so that it remains one name", arguments: ["plain", "Odd Name", "a\"b", "a;b", "select", "ü"])
  func names(name: String) async throws {
    try await pool.use { wire in
      try wire.execute(script: "CREATE TEMP TABLE \(wire.quoted(identifier: name)) (n BIGINT)")
      let found = try wire.ask("SELECT count(*) FROM pg_class WHERE relname = $1") { $0.append(text: name) }
      #expect(try found.row(0).integer(0) == 1)
    }
  }

  @Test("a failing script leaves the connection usable")
  func script() async throws {
    try await pool.use { wire in
      let error = #expect(throws: PostgresError.self) { try wire.execute(script: "SELECT 1; SELECT 1 / 0; SELECT 2") }
      #expect(error?.state == SQLState(rawValue: "22012"))
      let one = try wire.integer("SELECT 1")
      #expect(one == 1)
    }
  }
}
