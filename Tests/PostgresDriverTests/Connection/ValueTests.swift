import Foundation
import PostgresDriver
import TestSupport
import Testing

@Suite("A value comes back as it was sent", .postgres)
struct ValueTests {
  private let pool: PostgresPool

  init() throws {
    pool = try ServerUnderTest().pool(limit: 1)
  }

  private static let texts = [
    "", " ", "plain", "it's", "\"quoted\"", "a,b", "{a,b}", "back\\slash", "\\\\", "NULL", "null", "line\nbreak\ttab",
    "Zoë Ångström", "日本語", "👩‍👩‍👧", "e\u{301}", "$1", "%s", String(repeating: "long", count: 10_000),
  ]

  @Test("text", arguments: texts)
  func text(_ text: String) async throws {
    let back = try await pool.use { try $0.ask("SELECT $1::text") { $0.append(text: text) }.row(0).text(0) }
    #expect(Array(back.utf8) == Array(text.utf8), "the bytes must be equal, beyond Unicode equivalence")
  }

  @Test(
    "whole numbers", arguments: [.min, Int64(Int32.min) - 1, -1, 0, 1, 256, Int64(Int32.max) + 1, .max] as [Int64])
  func integers(_ number: Int64) async throws {
    let back = try await pool.use { try $0.ask("SELECT $1::bigint") { $0.append(integer: number) }.row(0).integer(0) }
    #expect(back == number)
  }

  @Test(
    "bytes",
    arguments: [[], [0], [0, 0, 0], Array(0...255), Array("\\x00".utf8), [UInt8](repeating: 0xFF, count: 100_000)])
  func bytes(_ bytes: [UInt8]) async throws {
    let back = try await pool.use { try $0.ask("SELECT $1::bytea") { $0.append(bytes: bytes) }.row(0).bytes(0) }
    #expect(back == bytes)
  }

  @Test("flags", arguments: [true, false])
  func flags(_ flag: Bool) async throws {
    let back = try await pool.use { try $0.ask("SELECT $1::boolean") { $0.append(flag: flag) }.row(0).integer(0) }
    #expect(back == (flag ? 1 : 0))
  }

  @Test("lists of texts", arguments: [[], [""], ["one"], ["", ""], texts])
  func lists(_ list: [String]) async throws {
    let back = try await pool.use { wire in
      let answer = try wire.ask("SELECT item FROM unnest($1::text[]) WITH ORDINALITY AS l (item, n) ORDER BY n") {
        $0.append(texts: list)
      }
      return try (0..<answer.rowCount).map { try answer.row($0).text(0) }
    }
    #expect(back == list)
  }

  @Test("an empty list is a list, and not NULL")
  func emptyList() async throws {
    let size = try await pool.use { wire in
      try wire.ask("SELECT cardinality($1::text[])") { $0.append(texts: []) }.row(0).integer(0)
    }
    #expect(size == 0)
  }

  @Test("NULL differs from an empty value", arguments: ["text", "bytea", "bigint", "boolean", "text[]"])
  func null(type: String) async throws {
    let isNull = try await pool.use { wire in
      let sql = "SELECT $1::\(type) IS NULL, $1::\(type)"
      let row = try wire.ask(sql) { $0.appendNull() }.row(0)
      return (try row.integer(0) == 1, row.isNull(1))
    }
    #expect(isNull == (true, true))
    let isEmptyNull = try await pool.use { wire in
      let row = try wire.ask("SELECT $1::text, $2::bytea") {
        $0.append(text: "")
        $0.append(bytes: [])
      }.row(0)
      return (row.isNull(0), row.isNull(1))
    }
    #expect(isEmptyNull == (false, false))
  }

  @Test("NULL in place of a value is an error, never an empty value or a crash")
  func nullForValue() async throws {
    try await pool.use { wire in
      let row = try wire.ask("SELECT NULL::bigint, NULL::text, NULL::bytea, NULL::boolean").row(0)
      #expect(throws: PostgresError.self) { try row.integer(0) }
      #expect(throws: PostgresError.self) { try row.text(1) }
      #expect(throws: PostgresError.self) { try row.bytes(2) }
      #expect(throws: PostgresError.self) { try row.integer(3) }
    }
  }

  @Test("whole numbers of every width can be read")
  func widths() async throws {
    let numbers = try await pool.use { wire in
      let row = try wire.ask("SELECT (-32768)::smallint, (-2147483648)::integer, 7::bigint, true, 'name'::name").row(0)
      #expect(try row.text(4) == "name")
      return try (0...3).map { try row.integer($0) }
    }
    #expect(numbers == [-32_768, -2_147_483_648, 7, 1])
  }

  @Test("a column of another type than requested is an error")
  func otherType() async throws {
    try await pool.use { wire in
      let row = try wire.ask("SELECT 1::bigint, 'a'::text, '1'::bytea, 1.5::numeric").row(0)
      #expect(throws: PostgresError.self) { try row.text(0) }
      #expect(throws: PostgresError.self) { try row.integer(1) }
      #expect(throws: PostgresError.self) { try row.text(2) }
      #expect(throws: PostgresError.self) { try row.bytes(1) }
      #expect(throws: PostgresError.self) { try row.integer(3) }
    }
  }

  @Test("several arguments keep their positions, even if some are empty or NULL")
  func places() async throws {
    let row = try await pool.use { wire in
      let answer = try wire.ask("SELECT concat($1::text, '|', $2::text, '|', $3::text, '|', $4::bigint, '|', $5::text)")
      {
        $0.append(text: "first")
        $0.append(text: "")
        $0.appendNull()
        $0.append(integer: -4)
        $0.append(text: "last")
      }
      return try answer.row(0).text(0)
    }
    #expect(row == "first|||-4|last")
  }

  @Test("the number of changed rows is reported")
  func changes() async throws {
    try await pool.use { wire in
      try wire.execute(script: "CREATE TEMP TABLE changes (n BIGINT); INSERT INTO changes VALUES (1), (2), (3)")
      #expect(try wire.ask("UPDATE changes SET n = n + 1 WHERE n > 1").changedRows == 2)
      #expect(try wire.ask("DELETE FROM changes WHERE n > 100").changedRows == 0)
      #expect(try wire.ask("DELETE FROM changes").command == "DELETE 3")
    }
  }

  @Test("text that PostgreSQL cannot store is refused, and the connection works as before")
  func nulCharacter() async throws {
    try await pool.use { wire in
      let failure = #expect(throws: PipelineFailure.self) {
        try wire.ask("SELECT $1::text") { $0.append(text: "a\u{0}b") }
      }
      #expect(failure?.error.state == SQLState(rawValue: "22021"))
      let one = try wire.integer("SELECT 1")
      #expect(one == 1)
    }
  }
}
