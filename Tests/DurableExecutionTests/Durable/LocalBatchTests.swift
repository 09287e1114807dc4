import DurableExecution
import DurableSQL
import TestSupport
import Testing

@testable import DurableTesting

@Suite("A batch of effects in the store itself", .postgres, .temporaryFolder)
struct LocalBatchTests {
  /// Takes a piece for each order, but refuses those to the moon.
  private static func take(_ orders: [Order], in transaction: LocalTransaction) throws -> [String] {
    try words(
      transaction.once(Order.reserve, each: orders) { order in
        guard order.number != "moon" else { throw EffectRefusal("too-far", "not on the moon") }
        try transaction.execute("UPDATE stock SET pieces = pieces - 1")
        return try transaction.query("SELECT pieces FROM stock") { try $0.integer(0) }[0]
      })
  }

  private static func words(_ results: [(request: Order, result: Result<Int64, any Error>)]) -> [String] {
    results.map { request, result in
      switch result {
      case .success(let pieces): "\(request.number): \(pieces) left"
      case .failure(let refusal as EffectRefusal): "\(request.number): refused, \(refusal.code)"
      case .failure(EffectError.otherRequest(let key)): "\(request.number): other request, \(key)"
      case .failure(let error): "\(request.number): \(error)"
      }
    }
  }

  @Test("answers each request on its own, in the order of the requests", arguments: StoreKind.allCases)
  func mixed(on kind: StoreKind) async throws {
    let bench = Bench(try kind.location())
    let durable = try await bench.shop()
    _ = try await durable.transaction { try Self.take([Order("replayed")], in: $0) }
    try await durable.transaction { try $0.execute("UPDATE stock SET pieces = 9") }
    let orders = ["new", "replayed", "moon", "other", "new"].map { Order($0) } + [Order("new", article: "lamp")]
    for _ in 1...2 {
      let answers = try await bench.open().transaction { try Self.take(orders, in: $0) }
      #expect(
        answers == [
          "new: 8 left", "replayed: 1 left", "moon: refused, too-far", "other: 7 left", "new: 8 left",
          "new: other request, idemp:reserve:new",
        ])
      #expect(try await bench.pieces(durable) == 7)
    }
  }

  @Test("looks all its keys up at once", arguments: StoreKind.allCases)
  func oneLookUp(on kind: StoreKind) async throws {
    let count = CallCount()
    var location = try kind.location()
    location.settings.probe = count.probe
    let durable = try await Durable(location)
    for round in 1...2 {
      let results = try await durable.transaction { transaction in
        try transaction.once(Order.reserve, each: (1...50).map { Order("\($0)") }) { _ in 1 }
      }
      #expect(results.count == 50 && count.of("keys.records") == round)
    }
  }

  @Test("is undone whole if it refuses a request after it has written; of it, the refusal alone is kept")
  func refusalAfterWriting() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.shop()
    let refusal = EffectRefusal("no", "no")
    @Sendable func run(refusing number: String) async throws -> [String] {
      try await durable.transaction { transaction in
        // Nothing is kept even if the caller catches the error.
        (try? transaction.once(Order.reserve, each: ["1", "2", "3"].map { Order($0) }) { order in
          try transaction.execute("UPDATE stock SET pieces = pieces + 1")
          if order.number == number { throw refusal }
          return 5
        }).map(Self.words) ?? []
      }
    }
    await #expect(throws: refusal) { try await run(refusing: "2") }
    #expect(try await bench.pieces(durable) == 2)
    #expect(try await run(refusing: "nobody") == ["1: 5 left", "2: refused, no", "3: 5 left"])
    #expect(try await bench.pieces(durable) == 4)
  }

  @Test("is undone whole by any other error", arguments: [true, false])
  func failure(isCaught: Bool) async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.shop()
    await #expect(throws: Lost()) {
      try await durable.transaction { transaction in
        do {
          _ = try transaction.once(Order.reserve, each: ["1", "2"].map { Order($0) }) { order in
            guard order.number == "1" else { throw Lost() }
            try transaction.execute("UPDATE stock SET pieces = 99")
            return 1
          }
        } catch {
          if !isCaught { throw error }
        }
      }
    }
    #expect(try await bench.pieces(durable) == 2)
    #expect(try await bench.take(durable, "1") == 1, "the key is free")
  }

  @Test("does each effect once, whatever call of the process fails", arguments: StoreKind.allCases)
  func crashes(on kind: StoreKind) async throws {
    let orders = ["1", "moon", "2"].map { Order($0) }
    let runs = try await CrashMatrix {
      let location = try kind.location()
      _ = try await Bench(location).shop()
      return location
    } location: {
      $0
    }.run { _, durable, _ in
      for _ in 1...2 {
        let answers = try await durable.transaction { try Self.take(orders, in: $0) }
        #expect(answers == ["1: 1 left", "moon: refused, too-far", "2: 0 left"])
      }
    } check: { location, point in
      let left = try await Bench(location).pieces(Durable(location))
      #expect(left == 0, "\(point)")
    }
    #expect(runs > 20, "\(runs)")
  }
}
