import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import PostgresDriver
import TestSupport
import Testing

@Suite("Rows that one statement takes together", .postgres)
struct PostgresRowSetTests {
  private let server: PrivatePostgres
  private let store: PostgresStore

  private static let columns: DialectText = "id, name, amount, bytes, flag, remark"
  private static let together = Statement("test.together", insertInto: "together", columns)
  private static let alone = Statement("test.alone", insertInto: "alone", columns)
  private static func update(of table: String) -> Statement {
    Statement(
      "test.update.\(table)", update: table, set: "name = $1, amount = $2, bytes = $3",
      where: "id = $4 AND amount = $5")
  }
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

  @Test("are updated as by as many statements, whether or not a column has any value", arguments: 1...8)
  func updates(seed: UInt64) async throws {
    var lot = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...120, using: &lot)
    let isNameless = Bool.random(using: &lot)
    let length = [3, 900].randomElement(using: &lot) ?? 3
    let updates = (0..<count).shuffled(using: &lot).map { number -> [SQLValue] in
      [
        isNameless ? .null : .text(String(repeating: "\(number)", count: length)), .count(number + 1_000),
        number.isMultiple(of: 3) ? .null : .bytes([7]), .count(number), .count(number),
      ]
    }
    try await insert(count)
    let differences = try await store.transaction { transaction in
      try transaction.run(Self.update(of: "together"), updates, { $0 }, orFail: { _ in .stale("none") })
      for update in updates {
        try transaction.run(Self.update(of: "alone"), [update], { $0 }, orFail: { _ in .stale("none") })
      }
      return try transaction.ask(Self.differences) { try $0.count() }
    }
    #expect(differences == [0], "seed \(seed)")
  }

  @Test("are all kept as they were if one of them changes nothing, and it is named", arguments: 1...8)
  func unchanged(seed: UInt64) async throws {
    var lot = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...300, using: &lot)
    try await insert(count)
    // The row with this number, and all rows after it, no longer have the amount that the update expects.
    let first = Int.random(in: 0..<count, using: &lot)
    let failure = await #expect(throws: StoreFailure.self, "seed \(seed)") {
      try await store.transaction { transaction in
        try transaction.run(
          Self.update(of: "together"), Array(0..<count),
          { [.null, .count($0), .null, .count($0), .count($0 < first ? $0 : -1)] }, orFail: { .stale("row \($0)") })
      }
    }
    #expect("\(failure ?? .stale("nothing"))" == "\(StoreFailure.stale("row \(first)"))", "seed \(seed)")
    let left = try await store.read { try $0.ask(Self.differences) { try $0.count() } }
    #expect(left == [0], "seed \(seed)")
  }

  @Test("are asked about together, and each answer is given to its question, in order", arguments: [2, 3, 700])
  func questions(count: Int) async throws {
    try await insert(count)
    let query = Statement(
      "test.range", forEach: "SELECT id, name FROM together WHERE id BETWEEN $1 AND $2 ORDER BY id DESC")
    let one = Statement("test.first", "SELECT id FROM together WHERE id = $1")
    let questions = (0..<count).map { [SQLValue.count($0), .count($0 + $0 % 3 - 1)] }
    let (answers, others) = try await store.read { transaction in
      var others: [Int: Int64] = [:]
      var answers = [[Int]](repeating: [], count: count)
      // Between others, which are asked one by one.
      try transaction.ask(
        "test", [SQLQuery(one, [[.count(0)], [.count(1)]]), SQLQuery(query, questions), SQLQuery(one, [[.count(1)]])]
      ) { question, row in
        if (2..<(2 + count)).contains(question) {
          answers[question - 2].append(try row.count())
          #expect(try row.text() == "a")
        } else {
          others[question] = try row.integer()
        }
      }
      return (answers, others)
    }
    #expect(answers == questions.indices.map { n in Array((n..<max(n, min(n + n % 3, count))).reversed()) })
    #expect(others == [0: 0, 1: 1, 2 + count: 1])
  }

  private func insert(_ count: Int) async throws {
    let rows = (0..<count).map { [.count($0), .text("a"), .count($0), .null, .null, .null] as [SQLValue] }
    try await store.transaction { transaction in
      try transaction.run(Self.together, rows)
      try transaction.run(Self.alone, rows)
    }
  }

  @Test("are passed over if their key is there already")
  func known() async throws {
    let rows = (0..<9).map { [.count($0), .text("b"), .null, .null, .null, .null] as [SQLValue] }
    try await insert(3)
    let names = try await store.transaction { transaction in
      try transaction.run(
        Statement("test.new", insertInto: "together", Self.columns, unlessThereIs: "id"), rows + rows)
      return try transaction.ask(Statement("test.names", "SELECT name FROM together ORDER BY id")) { try $0.text() }
    }
    #expect(names == ["a", "a", "a", "b", "b", "b", "b", "b", "b"])
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
