import DurableExecution
import DurableSQL
import DurableTesting
import Synchronization
import TestSupport
import Testing

/// A shop whose flow takes a piece from the stock (local), pays for it (remote), and ships it (remote). Whichever call
/// fails, each effect happens once.
@Suite("A shop whose processes die at every call", .postgres, .temporaryFolder)
struct ShopCrashTests {
  @Test(
    "with one fault anywhere, there is one piece, one payment, one box and one receipt", arguments: StoreKind.allCases)
  func fulfilled(on kind: StoreKind) async throws {
    let receipts = Receipts()
    let runs = try await matrix(on: kind).run { shop, durable, script in
      let receipt = try await shop.fulfill("1", by: durable, script)
      receipts.add(receipt)
      let again = try await shop.fulfill("1", by: durable, script)
      #expect(again == receipt)
    } check: { shop, point in
      #expect(shop.books == ["pay 1", "ship 1"], "\(point)")
      let stock = try await shop.stock()
      #expect(stock == [1], "\(point)")
    }
    #expect(runs > 60, "\(runs)")
    #expect(receipts.all == ["1: 1 left, pay 1, ship 1"], "every run gives the same bytes")
    print("shop crash matrix, \(kind.testDescription): \(runs) faults")
  }

  @Test(
    "with one fault anywhere, an order that the courier refuses is undone completely, once",
    arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    let runs = try await matrix(on: kind).run { shop, durable, script in
      do {
        _ = try await shop.fulfill("1", by: durable, script, refusing: true)
        Issue.record("the order was fulfilled")
      } catch let refusal as EffectRefusal {
        #expect(refusal.code == "too-far")
      }
    } check: { shop, point in
      #expect(shop.books == ["pay 1", "refund 1"], "\(point)")
      let stock = try await shop.stock()
      #expect(stock == [2], "\(point)")
    }
    #expect(runs > 80, "\(runs)")
    print("shop crash matrix, refused, \(kind.testDescription): \(runs) faults")
  }

  @Test("a fault of the harness occurs, and a fault that strikes no call is not counted")
  func harness() async throws {
    let matrix = CrashMatrix {
      ()
    } location: { _ in
      try StoreKind.sqlite.location()
    }
    let points = Receipts()
    let runs = try await matrix.run { _, durable, script in
      _ = try await script.call("twice") { points.add("called") }
      _ = try await durable.transaction { _ in true }
    } check: { _, point in
      points.add("\(point)")
    }
    #expect(points.all.contains("no fault") && points.all.contains("crashAfter at call 1, twice"))
    // Faults at the call, `begin` and `commit`; a `begin` has no reply to lose, and nothing follows it.
    #expect(runs >= 3 + 1 + 3, "\(runs): \(points.all.sorted())")
  }

  private func matrix(on kind: StoreKind) -> CrashMatrix<Shop> {
    CrashMatrix {
      try await Shop(kind.location())
    } location: { shop in
      shop.location
    }
  }
}

private final class Receipts: Sendable {
  private let texts = Mutex<Set<String>>([])

  var all: Set<String> { texts.withLock { $0 } }

  func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }
}

/// One shop's store, and the books of the bank and the courier.
private final class Shop: Sendable {
  let location: DurableLocation
  private let entries = Mutex<[String: String]>([:])

  static let reserve = LocalEffect("reserve", key: { (order: String) in [order] }, returns: Int64.self)
  static let restock = LocalEffect("restock", key: { (order: String) in [order] }, returns: Int64.self)

  /// Opens a shop with two pieces in stock.
  init(_ location: DurableLocation) async throws {
    self.location = location
    try await Durable(location).transaction { transaction in
      try transaction.execute("CREATE TABLE stock (article TEXT PRIMARY KEY, pieces BIGINT NOT NULL)")
      try transaction.execute("INSERT INTO stock (article, pieces) VALUES ('book', 2)")
    }
  }

  /// The acts of the bank and the courier, sorted.
  var books: [String] { entries.withLock { $0.values.sorted() } }

  func stock() async throws -> [Int64] {
    try await Durable(location).transaction { transaction in
      try transaction.query("SELECT pieces FROM stock") { try $0.integer(0) }
    }
  }

  func fulfill(
    _ order: String, by durable: Durable, _ script: FaultScript, refusing: Bool = false
  ) async throws -> String {
    let flow = Flow("fulfill", key: { (order: String) in [order] }, returns: String.self) { order, durable in
      try await durable.undoing { undo in
        let left = try await Self.change(durable, by: -1, Self.reserve, order)
        undo.add { _ = try await Self.change(durable, by: 1, Self.restock, order) }
        let payment = try await self.act("pay", order, durable, script)
        undo.add { _ = try await self.act("refund", order, durable, script) }
        let box = try await self.act("ship", order, durable, script, refusing: refusing)
        return "\(order): \(left) left, \(payment), \(box)"
      }
    }
    return try await durable.run(flow, order, waitingUpTo: .zero)
  }

  private static func change(
    _ durable: Durable, by pieces: Int64, _ effect: LocalEffect<String, Int64>, _ order: String
  ) async throws -> Int64 {
    try await durable.transaction { transaction in
      try transaction.once(effect, for: order) {
        try transaction.execute("UPDATE stock SET pieces = pieces + $1", .integer(pieces))
        return try transaction.query("SELECT pieces FROM stock") { try $0.integer(0) }[0]
      }
    }
  }

  private func act(
    _ name: String, _ order: String, _ durable: Durable, _ script: FaultScript, refusing: Bool = false
  ) async throws -> String {
    let effect = RemoteEffect(name, key: { (order: String) in [order] }, returns: String.self)
    return try await durable.once(effect, for: order, waitingUpTo: .zero) { call in
      try await script.call(name) {
        if refusing { throw EffectRefusal("too-far", "not on the moon") }
        return self.entries.withLock { entries in
          // A second act would be appended, so a test notices it.
          entries[call.trackingID, default: ""] += "\(name) \(call.request)"
          return "\(name) \(call.request)"
        }
      }
    } whenInDoubt: { call in
      try await script.call("ask \(name)") {
        self.entries.withLock { $0[call.trackingID].map { .done($0) } ?? .neverHeardOf }
      }
    }
  }
}
