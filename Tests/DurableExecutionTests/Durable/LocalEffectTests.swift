import DurableExecution
import DurableSQL
import TestSupport
import Testing

@testable import DurableTesting

@Suite("An effect in the store itself", .postgres, .temporaryFolder)
struct LocalEffectTests {
  private func pieces(_ durable: Durable) async throws -> [Int64] {
    try await durable.transaction { try $0.query("SELECT pieces FROM stock") { try $0.integer(0) } }
  }

  private func stock(_ pieces: Int64, in durable: Durable) async throws {
    try await durable.transaction { try $0.execute("UPDATE stock SET pieces = $1", .integer(pieces)) }
  }

  @Test("that is refused stays refused, even if it would succeed later", arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    let bench = Bench(try kind.location())
    let durable = try await bench.shop()
    try await stock(0, in: durable)
    let refusal = EffectRefusal("out-of-stock", "none is left")
    await #expect(throws: refusal) { try await bench.take(durable, "1") }
    try await stock(5, in: durable)
    await #expect(throws: refusal) { try await bench.take(bench.open(), "1") }
    #expect(try await pieces(durable) == [5])
    #expect(try await bench.take(durable, "2") == 4)
  }

  @Test("may have a transaction of its own, of which a refusal keeps no row", arguments: StoreKind.allCases)
  func ownTransaction(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    for _ in 1...2 {
      let left = try await durable.once(Order.reserve, for: Order("1")) { transaction in
        try transaction.execute("UPDATE stock SET pieces = pieces - 1")
        return Int64(1)
      }
      #expect(left == 1)
      await #expect(throws: EffectRefusal("no", "no")) {
        try await durable.once(Order.reserve, for: Order("2")) { transaction in
          try transaction.execute("UPDATE stock SET pieces = 77")
          throw EffectRefusal("no", "no")
        }
      }
      await #expect(throws: EffectError.otherRequest(key: "idemp:reserve:1")) {
        try await durable.once(Order.reserve, for: Order("1", article: "lamp")) { _ in 0 }
      }
    }
    #expect(try await pieces(durable) == [1])
  }

  @Test("that is refused leaves no row of its transaction", arguments: StoreKind.allCases)
  func refusedRows(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    for _ in 1...2 {
      await #expect(throws: EffectRefusal("no", "no")) {
        try await durable.transaction { transaction in
          try transaction.execute("UPDATE stock SET pieces = 99")
          _ = try transaction.once(Order.reserve, for: Order("1")) {
            try transaction.execute("UPDATE stock SET pieces = 77")
            throw EffectRefusal("no", "no")
          }
        }
      }
    }
    #expect(try await pieces(durable) == [2])
  }

  @Test("that is refused is stored even if another effect of the closure was refused in the same words")
  func equalRefusals() async throws {
    let durable = try await Bench(try StoreKind.sqlite.location()).shop()
    let refusal = EffectRefusal("no", "no")
    await #expect(throws: refusal) {
      try await durable.transaction { transaction in
        let first = Result { try transaction.once(Order.reserve, for: Order("1")) { throw refusal } }
        _ = try? transaction.once(Order.reserve, for: Order("2")) { throw refusal }
        _ = try first.get()
      }
    }
    for number in ["1", "2"] {
      await #expect(throws: refusal) {
        try await durable.transaction { try $0.once(Order.reserve, for: Order(number)) { 1 } }
      }
    }
  }

  @Test("whose refusal the caller handles is kept with the rows that the caller writes instead")
  func handledRefusal() async throws {
    let durable = try await Bench(try StoreKind.sqlite.location()).shop()
    for _ in 1...2 {
      let refusal = try await durable.transaction { transaction in
        do {
          _ = try transaction.once(Order.reserve, for: Order("1")) { throw EffectRefusal("sold-out", "none is left") }
          return EffectRefusal?.none
        } catch let refusal as EffectRefusal {
          try transaction.execute("UPDATE stock SET pieces = pieces + 10")
          return refusal
        }
      }
      #expect(refusal?.code == "sold-out")
    }
    #expect(try await pieces(durable) == [22])
  }

  @Test("A refusal that no effect made undoes the transaction, and is stored nowhere")
  func foreignRefusal() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.shop()
    await #expect(throws: EffectRefusal("closed", "closed today")) {
      try await durable.transaction { transaction in
        _ = try transaction.once(Order.reserve, for: Order("1")) { 1 }
        throw EffectRefusal("closed", "closed today")
      }
    }
    #expect(try await bench.take(durable, "1") == 1, "the key is free")
  }

  @Test("Any other error undoes the effect, its key and every row of the transaction", arguments: StoreKind.allCases)
  func failed(on kind: StoreKind) async throws {
    let bench = Bench(try kind.location())
    let durable = try await bench.shop()
    await #expect(throws: Lost()) {
      try await durable.transaction { transaction in
        _ = try transaction.once(Order.reserve, for: Order("1")) {
          try transaction.execute("UPDATE stock SET pieces = 1")
          return 1
        }
        _ = try transaction.once(Order.reserve, for: Order("2")) {
          try transaction.execute("UPDATE stock SET pieces = 0")
          throw Lost()
        }
      }
    }
    #expect(try await pieces(durable) == [2])
    #expect(try await bench.take(durable, "1") == 1)
    #expect(try await bench.take(durable, "2") == 0)
  }

  @Test("is done once when one transaction asks for it twice")
  func twice() async throws {
    let durable = try await Bench(try StoreKind.sqlite.location()).shop()
    let answers = try await durable.transaction { transaction in
      try (1...3).map { attempt in
        try transaction.once(Order.reserve, for: Order("1")) {
          try transaction.execute("UPDATE stock SET pieces = pieces - 1")
          return Int64(attempt)
        }
      }
    }
    #expect(answers == [1, 1, 1])
    #expect(try await pieces(durable) == [1])
  }

  @Test("under one key is one request: another is an error, and the work does not run")
  func otherRequest() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.shop()
    #expect(try await bench.take(durable, "1") == 1)
    await #expect(throws: EffectError.otherRequest(key: "idemp:reserve:1")) {
      try await durable.transaction { transaction in
        try transaction.once(Order.reserve, for: Order("1", article: "lamp")) {
          Issue.record("the work ran")
          return 0
        }
      }
    }
    #expect(try await bench.take(durable, "1") == 1)
    #expect(try await pieces(durable) == [1])
  }

  @Test("that is refused comes to that refusal, whatever call of the process fails", arguments: StoreKind.allCases)
  func crashes(on kind: StoreKind) async throws {
    let runs = try await CrashMatrix {
      let location = try kind.location()
      try await stock(0, in: Bench(location).shop())
      return location
    } location: {
      $0
    }.run { _, durable, _ in
      for _ in 1...2 {
        do {
          _ = try await durable.transaction { transaction in
            try transaction.execute("UPDATE stock SET pieces = pieces + 1")
            return try transaction.once(Order.reserve, for: Order("1")) { throw EffectRefusal("no", "no") }
          }
          Issue.record("it was not refused")
        } catch let refusal as EffectRefusal {
          #expect(refusal == EffectRefusal("no", "no"))
        }
      }
    } check: { location, point in
      let left = try await pieces(Durable(location))
      #expect(left == [0], "\(point)")
    }
    #expect(runs > 20, "\(runs)")
  }

  @Test(
    "that fails after it has written undoes its transaction, even if the closure goes on", arguments: StoreKind.allCases
  )
  func caughtFailure(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    @Sendable func credit(_ transaction: LocalTransaction, failing failure: any Error) {
      _ = try? transaction.once(Order.reserve, for: Order("\(failure)")) {
        try transaction.execute("UPDATE stock SET pieces = pieces + 1000")
        throw failure
      }
    }
    for _ in 1...2 {
      await #expect(throws: Lost()) { try await durable.transaction { credit($0, failing: Lost()) } }
    }
    let refusal = EffectRefusal("no", "no")
    await #expect(throws: refusal) { try await durable.transaction { credit($0, failing: refusal) } }
    // The refusal is on record now: the closure handles it as a replay, and nothing is written.
    try await durable.transaction { credit($0, failing: refusal) }
    #expect(try await pieces(durable) == [2])
  }

  @Test("whose response cannot be read back fails, and leaves no row", arguments: StoreKind.allCases)
  func unreadableResponse(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    let effect = LocalEffect("weigh", key: { (order: Order) in [order.number] }, returns: OneWay.self)
    for _ in 1...2 {
      await #expect(throws: EffectError.responseNotStorable(key: "idemp:weigh:1")) {
        try await durable.transaction { transaction in
          _ = try? transaction.once(effect, for: Order("1")) {
            try transaction.execute("UPDATE stock SET pieces = 77")
            return OneWay()
          }
        }
      }
    }
    #expect(try await pieces(durable) == [2])
  }

  @Test("returns to its first caller what every other caller reads")
  func readBack() async throws {
    let durable = try await Bench(try StoreKind.sqlite.location()).open()
    let effect = LocalEffect("weigh", key: { (order: Order) in [order.number] }, returns: Double.self)
    for _ in 1...2 {
      let weight = try await durable.transaction { try $0.once(effect, for: Order("1")) { -0.0 } }
      #expect(weight.sign == .plus)
    }
  }

  /// A serializable transaction that reads a whole table conflicts with everybody who writes to it.
  @Test("is found by its index in a small table too, so that others under keys of their own do not conflict with it")
  func smallTable() async throws {
    let durable = try await Bench(try StoreKind.postgres.location()).shop()
    let plan = try await durable.transaction { transaction in
      _ = try transaction.once(Order.reserve, for: Order("1")) { 1 }
      try transaction.execute("ANALYZE effect_keys")
      return try transaction.query("EXPLAIN SELECT key FROM effect_keys WHERE key = $1", "idemp:reserve:1") {
        try $0.text(0)
      }
    }
    #expect(!plan.contains { $0.contains("Seq Scan") }, "\(plan)")
  }

  @Test("is not one of another kind with the same name")
  func otherKind() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.open()
    let ship = LocalEffect("ship", key: { (order: Order) in [order.number] }, returns: Box.self)
    _ = try await durable.transaction { try $0.once(ship, for: Order("1")) { Box("local") } }
    await #expect(throws: EffectError.otherRequest(key: "idemp:ship:1")) { try await bench.box(durable, Order("1")) }
    _ = try await bench.box(durable, Order("2"))
    await #expect(throws: EffectError.otherRequest(key: "idemp:ship:2")) {
      try await durable.transaction { try $0.once(ship, for: Order("2")) { Box("local") } }
    }
    #expect(bench.courier.sent == 1)
  }

  @Test(
    "runs no statement that is none, and none that would end its transaction", arguments: StoreKind.allCases,
    ["", " -- nothing", "UPDATE stock SET pieces = 1\0", "COMMIT", " /* now */ rollback", "BEGIN", "SAVEPOINT here"])
  func unfit(on kind: StoreKind, sql: String) async throws {
    let durable = try await Bench(try kind.location()).shop()
    await #expect(throws: StoreFailure.self) {
      try await durable.transaction { transaction in
        try transaction.execute("UPDATE stock SET pieces = 9")
        try transaction.execute(sql)
      }
    }
    #expect(try await pieces(durable) == [2])
  }

  @Test(
    "has its statements as written: a dollar sign in a text or a name is no argument", arguments: StoreKind.allCases)
  func dollars(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    let texts = try await durable.transaction { transaction in
      try transaction.query(
        "SELECT 'US$ 5', 'it''s $1', \"$2\", $1, /* $3 */ $2 FROM (SELECT 'x' AS \"$2\") AS t -- $9", "one", "two"
      ) { row in try (0..<5).map(row.text) }
    }
    #expect(texts == [["US$ 5", "it's $1", "x", "one", "two"]])
  }

  @Test("fails if a statement has too few arguments, or a column is not there", arguments: StoreKind.allCases)
  func miscounted(on kind: StoreKind) async throws {
    let durable = try await Bench(try kind.location()).shop()
    await #expect(throws: StoreFailure.self) {
      try await durable.transaction { try $0.execute("UPDATE stock SET pieces = $1 WHERE article = $2", 5) }
    }
    await #expect(throws: StoreFailure.self) {
      try await durable.transaction { _ = try $0.query("SELECT pieces FROM stock") { try $0.integer(4) } }
    }
    #expect(try await pieces(durable) == [2])
  }

  /// A response that is written in another form than it is read in.
  private struct OneWay: Codable, Sendable {
    init() {}

    init(from decoder: any Decoder) throws {
      _ = try decoder.singleValueContainer().decode([Int].self)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode("text")
    }
  }
}
