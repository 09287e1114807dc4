import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import PostgresDriver
import TestSupport
import Testing

@Suite("Rows that one statement inserts together", .postgres)
struct PostgresRowSetTests {
  private let server: PrivatePostgres
  private let store: PostgresStore

  private static let columns: DialectText = "id, name, amount, bytes, flag, remark"
  private static let together = Statement("test.together", insertInto: "together", columns)
  private static let alone = Statement("test.alone", insertInto: "alone", columns)
  private static let differences = Statement(
    "test.differences", "SELECT count(*) FROM (TABLE together EXCEPT TABLE alone) AS d")

  init() async throws {
    server = try PrivatePostgres.shared()
    let schema = server.newSchema()
    store = try await PostgresStore(server.address, schema: schema, connections: 2)
    for table in ["together", "alone"] {
      try await server.run(
        "CREATE TABLE \(table) (id bigint PRIMARY KEY, name text, amount bigint, bytes bytea, flag boolean, remark text)",
        in: schema)
    }
  }

  @Test("are the rows that as many statements would insert", arguments: 1...8)
  func equality(seed: UInt64) async throws {
    var lot = SeededGenerator(seed: seed)
    // Sometimes a whole column has no value, and rows are large or small.
    let absent = Set((1...5).filter { _ in Int.random(in: 0..<4, using: &lot) == 0 })
    let longest = [3, 300, 12_000].randomElement(using: &lot) ?? 3
    let rows = (0..<Int.random(in: 2...120, using: &lot)).map { number -> [SQLValue] in
      let length = Int.random(in: 0...longest, using: &lot)
      let values: [SQLValue] = [
        .integer(Int64(number)), .text(String(repeating: "é\"\\", count: length / 4)),
        .integer(Int64.random(in: .min ... .max, using: &lot)),
        .bytes((0..<length).map { _ in UInt8.random(in: .min ... .max, using: &lot) }), .flag(Bool.random(using: &lot)),
        .text(["", "{}", "NULL", "a,b"].randomElement(using: &lot) ?? ""),
      ]
      return values.enumerated().map { index, value in
        absent.contains(index) || (index > 0 && Int.random(in: 0..<5, using: &lot) == 0) ? .null : value
      }
    }
    let (count, differences) = try await store.transaction { transaction in
      try transaction.run(Self.together, rows)
      for row in rows { try transaction.run(Self.alone, [row]) }
      let count = try transaction.ask(Statement("test.count", "SELECT count(*) FROM together")) { try $0.count() }
      return (count, try transaction.ask(Self.differences) { try $0.count() })
    }
    #expect(count == [rows.count], "seed \(seed)")
    #expect(differences == [0], "seed \(seed)")
  }

  @Test("are refused together: one that the database refuses, or that it cannot hold, leaves nothing of the others")
  func refusal() async throws {
    let row: [SQLValue] = [.integer(1), .text("a"), .null, .null, .null, .null]
    let twin = row
    let unholdable: [SQLValue] = [.integer(2), .text("a\u{0}b"), .null, .null, .null, .null]
    let mixed: [SQLValue] = [.integer(2), .integer(7), .null, .null, .null, .null]
    for rows in [[row, twin], [row, unholdable], [row, mixed]] {
      await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.run(Self.together, rows) } }
    }
    let left = try await store.read {
      try $0.ask(Statement("test.left", "SELECT count(*) FROM together")) { try $0.count() }
    }
    #expect(left == [0])
  }
}
