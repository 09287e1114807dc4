import DurableExecution
import DurablePostgres
import DurableSQL
import DurableSQLite
import Foundation
import PostgresDriver
import Synchronization
import TestSupport
import Testing

/// The library as its user meets it, over real stores.
@Suite("An effect happens once", .postgres)
struct DurableTests {
  struct Order: Codable, Sendable, Hashable {
    var number: String
    var article = "book"
  }

  struct Box: Codable, Sendable, Hashable {
    var text: String
  }

  static let ship = RemoteEffect("ship", key: { (order: Order) in [order.number] }, returns: Box.self)
  static let reserve = LocalEffect("reserve", key: { (order: Order) in [order.number] }, returns: Int64.self)

  /// A store that several openings share, as several processes do.
  final class Place: Sendable {
    let location: DurableLocation
    private let folder: TemporaryFolder?

    init(_ kind: StoreKind) throws {
      switch kind {
      case .sqlite:
        let folder = try TemporaryFolder()
        (self.folder, location) = (folder, .sqlite(folder.file("shop.db")))
      case .postgres:
        let server = try PrivatePostgres.shared()
        (folder, location) = (nil, .postgres(try server.address.text, schema: server.newSchema()))
      }
    }

    func open(lease: Duration = .milliseconds(200)) async throws -> Durable {
      try await Durable(
        location, lease: lease, retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 3))
    }
  }

  /// Another company, with books of its own.
  final class Courier: Sendable {
    private let books = Mutex<[String: Box]>([:])
    private let calls = Mutex(0)

    /// How often it was told to send something.
    var count: Int { calls.withLock { $0 } }

    func send(_ call: EffectCall<Order>) -> Box {
      let box = Box(text: "box \(calls.withLock { $0 += 1; return $0 }) of \(call.request.number)")
      books.withLock { $0[call.trackingID] = box }
      return box
    }

    func standing(of call: EffectCall<Order>) -> EffectStanding<Box> {
      books.withLock { $0[call.trackingID].map { .done($0) } ?? .neverHeardOf }
    }
  }

  struct Lost: Error {}

  /// What happened, in order.
  final class Diary: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    /// - Returns: how many lines there are then.
    @discardableResult
    func note(_ line: String) -> Int {
      lines.withLock { lines in
        lines.append(line)
        return lines.count
      }
    }
  }

  static func box(
    _ durable: Durable, _ order: Order, by courier: Courier, waitingUpTo wait: Duration = .seconds(30)
  ) async throws -> Box {
    try await durable.once(ship, for: order, waitingUpTo: wait) {
      courier.send($0)
    } whenInDoubt: {
      courier.standing(of: $0)
    }
  }

  @Test("whoever asks again, in whatever process, gets the first response", arguments: StoreKind.allCases)
  func again(on kind: StoreKind) async throws {
    let (place, courier) = (try Place(kind), Courier())
    let first = try await Self.box(place.open(), Order(number: "1"), by: courier)
    #expect(try await Self.box(place.open(), Order(number: "1"), by: courier) == first && courier.count == 1)
    #expect(try await Self.box(place.open(), Order(number: "2"), by: courier) != first && courier.count == 2)
  }

  @Test("of many who ask at the same time one acts", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let (place, courier) = (try Place(kind), Courier())
    let boxes = try await withThrowingTaskGroup(of: Box.self) { group in
      for _ in 1...8 {
        let durable = try await place.open(lease: .seconds(5))
        group.addTask { try await Self.box(durable, Order(number: "1"), by: courier) }
      }
      return try await group.reduce(into: Set<Box>()) { $0.insert($1) }
    }
    #expect(boxes.count == 1 && courier.count == 1)
  }

  @Test("another request under the same key changes nothing", arguments: StoreKind.allCases)
  func otherRequest(on kind: StoreKind) async throws {
    let (durable, courier) = (try await Place(kind).open(), Courier())
    _ = try await Self.box(durable, Order(number: "1"), by: courier)
    await #expect(throws: EffectError.otherRequest(key: "idemp:ship:1")) {
      try await Self.box(durable, Order(number: "1", article: "lamp"), by: courier)
    }
    #expect(courier.count == 1)
  }

  @Test("a refusal is stored, and replayed like a success", arguments: StoreKind.allCases)
  func refusal(on kind: StoreKind) async throws {
    let (durable, tries) = (try await Place(kind).open(), Diary())
    for _ in 1...3 {
      await #expect(throws: EffectRefusal("too-heavy", "no anvils")) {
        try await durable.once(Self.ship, for: Order(number: "1")) { _ in
          tries.note("sent")
          throw EffectRefusal("too-heavy", "no anvils")
        } whenInDoubt: { _ in
          .neverHeardOf
        }
      }
    }
    #expect(tries.all == ["sent"])
  }

  @Test("a lost reply is asked about, and nothing is sent again", arguments: StoreKind.allCases)
  func lostReply(on kind: StoreKind) async throws {
    let (durable, courier) = (try await Place(kind).open(), Courier())
    let box = try await durable.once(Self.ship, for: Order(number: "1")) { call in
      _ = courier.send(call)
      throw Lost()
    } whenInDoubt: {
      courier.standing(of: $0)
    }
    #expect(box.text == "box 1 of 1" && courier.count == 1)
  }

  @Test("an outcome that nobody can tell stays unknown, until somebody can", arguments: StoreKind.allCases)
  func unknown(on kind: StoreKind) async throws {
    let (place, courier) = (try Place(kind), Courier())
    let durable = try await place.open()
    await #expect(throws: EffectError.inProgress(key: "idemp:ship:1")) {
      try await durable.once(Self.ship, for: Order(number: "1"), waitingUpTo: .zero) { call in
        _ = courier.send(call)
        throw Lost()
      } whenInDoubt: { _ in
        .unknown
      }
    }
    // Its lease ends, and another process asks before it sends.
    let box = try await Self.box(place.open(), Order(number: "1"), by: courier)
    #expect(box.text == "box 1 of 1" && courier.count == 1)
  }

  @Test("a batch has each request with its own result", arguments: StoreKind.allCases)
  func batch(on kind: StoreKind) async throws {
    let (durable, courier) = (try await Place(kind).open(), Courier())
    let orders = (1...20).map { Order(number: "\($0 % 10)") } + [Order(number: "0", article: "lamp")]
    let results = try await durable.once(Self.ship, each: orders) { call in
      guard call.request.number != "7" else { throw EffectRefusal("closed", "not on day 7") }
      return courier.send(call)
    } whenInDoubt: {
      courier.standing(of: $0)
    }
    #expect(results.map(\.request) == orders && courier.count == 9)
    for (request, result) in results {
      switch result {
      case .success(let box): #expect(box.text.hasSuffix("of \(request.number)") && request.article == "book")
      case .failure(let error):
        #expect(request.number == "7" || (error as? EffectError) == .otherRequest(key: "idemp:ship:0"))
      }
    }
  }

  // MARK: Local effects

  private static func open(_ place: Place) async throws -> Durable {
    let durable = try await place.open()
    try await durable.transaction { transaction in
      try transaction.execute("CREATE TABLE IF NOT EXISTS stock (article TEXT PRIMARY KEY, pieces BIGINT NOT NULL)")
      try transaction.execute("INSERT INTO stock (article, pieces) VALUES ($1, $2)", "book", 2)
    }
    return durable
  }

  private static func take(_ durable: Durable, _ number: String, failing: Bool = false) async throws -> Int64 {
    try await durable.transaction { transaction in
      let left = try transaction.once(reserve, for: Order(number: number)) {
        let left = try transaction.query("SELECT pieces FROM stock WHERE article = $1", "book") { try $0.integer(0) }
        guard let pieces = left.first, pieces > 0 else { throw EffectRefusal("out-of-stock", "none is left") }
        try transaction.execute("UPDATE stock SET pieces = $1 WHERE article = $2", .integer(pieces - 1), "book")
        return pieces - 1
      }
      if failing { throw Lost() }
      return left
    }
  }

  @Test("rows, key and response are kept together or not at all", arguments: StoreKind.allCases)
  func local(on kind: StoreKind) async throws {
    let place = try Place(kind)
    let durable = try await Self.open(place)
    await #expect(throws: Lost.self) { try await Self.take(durable, "1", failing: true) }
    #expect(try await Self.take(durable, "1") == 1)
    #expect(try await Self.take(place.open(), "1") == 1, "replayed")
    #expect(try await Self.take(durable, "2") == 0)
    for _ in 1...2 {
      await #expect(throws: EffectRefusal("out-of-stock", "none is left")) { try await Self.take(durable, "3") }
    }
  }

  @Test("many processes take each piece once", arguments: StoreKind.allCases)
  func localRace(on kind: StoreKind) async throws {
    let place = try Place(kind)
    let durable = try await Self.open(place)
    let left = try await withThrowingTaskGroup(of: Int64.self) { group in
      for index in 0..<8 { group.addTask { try await Self.take(durable, "\(index % 2)") } }
      return try await group.reduce(into: [Int64: Int]()) { $0[$1, default: 0] += 1 }
    }
    #expect(left == [0: 4, 1: 4])
  }

  // MARK: Flows

  @Test(
    "a flow that was left is gone on with by another process, and no effect in it happens twice",
    arguments: StoreKind.allCases)
  func flow(on kind: StoreKind) async throws {
    let (place, courier, runs) = (try Place(kind), Courier(), Diary())
    let flow = Flow("fulfil", key: { (order: Order) in [order.number] }, returns: Box.self) { order, durable in
      let box = try await Self.box(durable, order, by: courier)
      guard runs.note("run") > 3 else { throw Lost() }
      return box
    }
    let first = try await place.open()
    await #expect(throws: EffectError.self) { try await first.run(flow, Order(number: "1"), waitingUpTo: .zero) }
    let second = try await place.open()
    var ended = 0
    for _ in 1...1_000 where ended == 0 {
      ended = try await second.resume(flow)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(ended == 1)
    #expect(try await second.run(flow, Order(number: "1")).text == "box 1 of 1")
    #expect(try await second.resume(flow) == 0 && courier.count == 1)
  }

  @Test("a flow that a living process is at is left to it", arguments: StoreKind.allCases)
  func flowUnderWay(on kind: StoreKind) async throws {
    let place = try Place(kind)
    let flow = Flow("fulfil", key: { (order: Order) in [order.number] }, returns: Box.self) { _, _ in throw Lost() }
    let first = try await place.open(lease: .seconds(3_600))
    await #expect(throws: EffectError.self) { try await first.run(flow, Order(number: "1"), waitingUpTo: .zero) }
    #expect(try await place.open().resume(flow) == 0)
  }

  @Test("a refused step undoes those before it, last first, once", arguments: StoreKind.allCases)
  func saga(on kind: StoreKind) async throws {
    let (durable, acts) = (try await Place(kind).open(), Diary())
    @Sendable func act(_ name: String, refusing: Bool = false) async throws {
      let effect = RemoteEffect(name, key: { (order: Order) in [order.number] }, returns: Bool.self)
      _ = try await durable.once(effect, for: Order(number: "1")) { _ in
        acts.note(name)
        if refusing { throw EffectRefusal("no", "no") }
        return true
      } whenInDoubt: { _ in
        .unknown
      }
    }
    for _ in 1...2 {
      await #expect(throws: EffectRefusal("no", "no")) {
        try await durable.undoing { undo in
          try await act("hold")
          undo.add { try await act("release") }
          try await act("pack")
          undo.add { try await act("unpack") }
          try await act("pay", refusing: true)
        }
      }
    }
    #expect(acts.all == ["hold", "pack", "pay", "unpack", "release"])
  }
}
