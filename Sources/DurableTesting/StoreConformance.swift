public import DurableExecution
import DurableSQL
import Synchronization

/// The promises of every store, as checks to run against a store of your own: another server, another file system, a
/// connection pooler in between.
///
/// ```swift
/// @Test(arguments: StoreConformance.checks)
/// func promise(check: StoreConformance.Check) async throws {
///   try await check.run(on: .postgres(url, schema: newSchema()))
/// }
/// ```
public enum StoreConformance {
  /// A check of one promise.
  public struct Check: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    public let promise: String
    private let body: @Sendable (Bench) async throws -> Void

    fileprivate init(_ promise: String, _ body: @escaping @Sendable (Bench) async throws -> Void) {
      (self.promise, self.body) = (promise, body)
    }

    public var description: String { promise }

    /// - Parameter location: an empty store. The check opens it several times, like several processes, and moves its
    ///   clock.
    /// - Throws: `Broken` if the store does not keep the promise; any error from the store.
    public func run(on location: DurableLocation) async throws { try await body(Bench(location)) }
  }

  /// A promise that a store does not keep.
  public struct Broken: Error, CustomStringConvertible {
    /// What was observed instead of the promised behavior.
    public let description: String
  }

  /// The checks of all promises.
  public static let checks: [Check] = responses + failures + takeovers + rows + flows

  // MARK: Responses

  private static let responses = [
    Check("The first response is returned to everybody who asks, in whatever process") { bench in
      let first = try await bench.box(bench.open(), Order("1"))
      try expect(try await bench.box(bench.open(), Order("1")) == first && bench.courier.sent == 1, "sent twice")
      try expect(
        try await bench.box(bench.open(), Order("2")) != first && bench.courier.sent == 2, "one for two orders")
    },
    Check("A response comes back byte for byte") { bench in
      let text = "\u{1F4E6} a\u{301} é \\ \"quoted\" \u{7F} \n\t" + String(repeating: "x", count: 70_000)
      let durable = try await bench.open()
      let box = try await durable.once(Order.ship, for: Order("1")) { _ in
        Box(text)
      } whenInDoubt: { _ in
        .unknown
      }
      try expect(Array(box.text.utf8) == Array(text.utf8), "the first response is another")
      let again = try await bench.box(bench.open(), Order("1"))
      try expect(Array(again.text.utf8) == Array(text.utf8), "the stored response is another")
    },
    Check("Of many callers at the same time, one acts and all get its response") { bench in
      let boxes = try await withThrowingTaskGroup(of: Box.self) { group in
        for _ in 1...8 {
          let durable = try await bench.open()
          group.addTask { try await bench.box(durable, Order("1")) }
        }
        return try await group.reduce(into: Set<Box>()) { $0.insert($1) }
      }
      try expect(boxes.count == 1 && bench.courier.sent == 1, "\(boxes.count) responses, \(bench.courier.sent) acts")
    },
    Check("Another request under the same key is an error, and changes nothing") { bench in
      let durable = try await bench.open()
      _ = try await bench.box(durable, Order("1"))
      try await expect(EffectError.otherRequest(key: "idemp:ship:1")) {
        try await bench.box(durable, Order("1", article: "lamp"))
      }
      try expect(bench.courier.sent == 1, "it was sent")
    },
    Check("In a batch each request has its own result, and requests with one key are one effect") { bench in
      let orders = (1...20).map { Order("\($0 % 10)") } + [Order("0", article: "lamp")]
      let results = try await bench.open().once(Order.ship, each: orders) { call in
        guard call.request.number != "7" else { throw EffectRefusal("closed", "not on day 7") }
        return bench.courier.send(call)
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
      try expect(results.map(\.request) == orders && bench.courier.sent == 9, "\(bench.courier.sent) acts for 9 keys")
      for (request, result) in results {
        let said =
          switch result {
          case .success(let box): box.text
          case .failure(let error): "\(error)"
          }
        let right =
          switch (request.number, request.article) {
          case ("7", _): "not on day 7 (closed)"
          case (_, "lamp"): "\(EffectError.otherRequest(key: "idemp:ship:0"))"
          default: " of \(request.number)"
          }
        try expect(said.hasSuffix(right), "request \(request.number): \(said)")
      }
    },
  ]

  // MARK: Failures

  private static let failures = [
    Check("A refusal is stored, and returned like a response") { bench in
      for _ in 1...3 {
        try await expect(EffectRefusal("too-heavy", "no anvils")) {
          try await bench.open().once(Order.ship, for: Order("1")) { call in
            _ = bench.courier.send(call)
            throw EffectRefusal("too-heavy", "no anvils")
          } whenInDoubt: { _ in
            .neverHeardOf
          }
        }
      }
      try expect(bench.courier.sent == 1, "asked \(bench.courier.sent) times")
    },
    Check("After a lost reply the other system is asked, and nothing is sent again") { bench in
      let box = try await bench.open().once(Order.ship, for: Order("1")) { call in
        _ = bench.courier.send(call)
        throw Lost()
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
      try expect(box == Box("box 1 of 1") && bench.courier.sent == 1, "\(box.text)")
    },
    Check("A request that never arrived is sent again") { bench in
      let tries = Diary()
      let box = try await bench.open().once(Order.ship, for: Order("1")) { call in
        guard tries.note("sent") > 1 else { throw Lost() }
        return bench.courier.send(call)
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
      try expect(box == Box("box 1 of 1"), "\(box.text)")
    },
  ]

  // MARK: Other processes

  private static let takeovers = [
    Check("An unknown outcome stays with its process until the lease ends; whoever takes over asks before sending") {
      bench in
      try await expect(EffectError.inProgress(key: "idemp:ship:1")) { try await bench.lose(bench.open()) }
      let second = try await bench.open()
      try await expect(EffectError.inProgress(key: "idemp:ship:1")) {
        try await bench.box(second, Order("1"), waitingUpTo: .zero)
      }
      bench.clock.advance(by: Bench.lease * 2)
      let box = try await bench.box(second, Order("1"))
      try expect(box == Box("box 1 of 1") && bench.courier.sent == 1, "sent \(bench.courier.sent) times")
    },
    Check("The late result of a process whose lease has ended is void") { bench in
      let (late, next) = (try await bench.open(), try await bench.open())
      let seen = Diary()
      let box = try await late.once(Order.ship, for: Order("1")) { call in
        bench.clock.advance(by: Bench.lease * 2)
        let box = try await bench.box(next, Order("1"))
        seen.note(box.text)
        return Box("too late")
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
      try expect([box.text] == seen.lines, "the late process got \(box.text)")
      try expect(try await bench.box(bench.open(), Order("1")) == box, "the late result was stored")
    },
    Check("The epoch grows with each process that takes over") { bench in
      try await expect(EffectError.inProgress(key: "idemp:ship:1")) { try await bench.lose(bench.open()) }
      bench.clock.advance(by: Bench.lease * 2)
      try await expect(EffectError.inProgress(key: "idemp:ship:1")) { try await bench.lose(bench.open()) }
      let epochs = bench.courier.epochs
      // The second process may send more than once.
      try expect(Set(epochs) == [1, 2] && epochs == epochs.sorted(), "epochs \(epochs)")
    },
  ]

  // MARK: Rows

  private static let rows = [
    Check("Nothing is kept of a transaction whose closure throws") { bench in
      let durable = try await bench.shop()
      try await expect(Lost()) {
        try await durable.transaction { transaction in
          try transaction.execute("UPDATE stock SET pieces = 9")
          throw Lost()
        }
      }
      try expect(try await bench.pieces(durable) == 2, "a row was kept")
    },
    Check("A row that the database refuses fails the effect, and the effect is not on record") { bench in
      let durable = try await bench.shop()
      for isCaught in [false, true] {
        do {
          _ = try await durable.transaction { transaction in
            try transaction.once(Order.reserve, for: Order("1")) {
              do {
                try transaction.execute("UPDATE stock SET pieces = -1")
              } catch  where isCaught {
              }
              return -1
            }
          }
          throw Broken(description: "a refused row was taken for written")
        } catch is StoreFailure {
        }
      }
      try expect(try await bench.take(durable, "1") == 1, "the effect is on record")
    },
    Check("A query that the database refuses fails") { bench in
      let durable = try await bench.shop()
      do {
        _ = try await durable.transaction { try $0.query("SELECT missing FROM stock") { try $0.integer(0) } }
        throw Broken(description: "it returned nothing")
      } catch is StoreFailure {
      }
    },
    Check("Texts, bytes and numbers come back as they were written, and texts are equal only if their bytes are") {
      bench in
      let durable = try await bench.shop()
      try await durable.transaction { try $0.execute("CREATE TABLE seals (seal BYTEA NOT NULL)") }
      let texts = ["", " ", "a", "a ", "A", "\u{E9}", "e\u{301}", "\u{1F4E6}\u{FEFF}", "it's \"so\" \\ $1 ?1 %\n"]
      let bytes: [UInt8] = [0, 255, 10, 0]
      for text in texts {
        let (found, seals, number) = try await durable.transaction { transaction in
          try transaction.execute("INSERT INTO stock (article, pieces) VALUES ($1, $2)", .text(text), .integer(.max))
          let found = try transaction.query("SELECT article, pieces FROM stock WHERE article = $1", .text(text)) {
            (try $0.text(0), try $0.integer(1))
          }
          try transaction.execute("DELETE FROM seals")
          try transaction.execute("INSERT INTO seals (seal) VALUES ($1)", .bytes(bytes))
          let seals = try transaction.query("SELECT seal FROM seals") { try $0.bytes(0) }
          return (found.map(\.0), seals, found.map(\.1))
        }
        try expect(found.map { Array($0.utf8) } == [Array(text.utf8)], "\(found) for \(text)")
        try expect(seals == [bytes] && number == [.max], "\(seals), \(number)")
        _ = try await bench.box(durable, Order("text-\(text)"))
      }
      try expect(bench.courier.sent == texts.count, "\(bench.courier.sent) effects for \(texts.count) keys")
    },
    Check("A transaction that decides by rows which another one changes meanwhile decides again") { bench in
      let durable = try await bench.shop()
      try await durable.transaction { try $0.execute("INSERT INTO stock (article, pieces) VALUES ('lamp', 2)") }
      // Each takes all pieces of its own article if there are more than two of both together.
      let readers = Diary()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for article in ["book", "lamp"] {
          group.addTask {
            try await durable.transaction { transaction in
              let pieces = try transaction.query("SELECT pieces FROM stock") { try $0.integer(0) }.reduce(0, +)
              readers.note(article)
              // A database that runs one transaction at a time has only one reader here.
              readers.wait(untilLines: 2, upTo: .milliseconds(300))
              guard pieces > 2 else { return }
              try transaction.execute("UPDATE stock SET pieces = 0 WHERE article = $1", .text(article))
            }
          }
        }
        try await group.waitForAll()
      }
      let left = try await durable.transaction { try $0.query("SELECT pieces FROM stock") { try $0.integer(0) } }
      try expect(left.reduce(0, +) == 2, "of two times 2 pieces, \(left) are left")
    },
    Check("Rows, key and response are kept together or not at all") { bench in
      let durable = try await bench.shop()
      try await expect(Lost()) { try await bench.take(durable, "1", failing: true) }
      try expect(try await bench.take(durable, "1") == 1, "a row was kept of a transaction that failed")
      try expect(try await bench.take(bench.open(), "1") == 1, "it was taken twice")
      try expect(try await bench.take(durable, "2") == 0, "a row is missing")
      for _ in 1...2 {
        try await expect(EffectRefusal("out-of-stock", "none is left")) { try await bench.take(durable, "3") }
      }
    },
    Check("Transactions run as if one after the other") { bench in
      let durable = try await bench.shop()
      let left = try await withThrowingTaskGroup(of: Int64.self) { group in
        for index in 0..<8 { group.addTask { try await bench.take(durable, "\(index % 2)") } }
        return try await group.reduce(into: [Int64: Int]()) { $0[$1, default: 0] += 1 }
      }
      try expect(left == [0: 4, 1: 4], "\(left)")
    },
  ]

  // MARK: Flows

  private static let flows = [
    Check("A flow that one process left is finished by another, and no effect in it happens twice") { bench in
      let runs = Diary()
      let flow = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Box.self) { order, durable in
        let box = try await bench.box(durable, order)
        guard runs.note("run") > 3 else { throw Lost() }
        return box
      }
      try await expect(Lost()) {
        try await bench.open().run(flow, Order("1"), waitingUpTo: .zero)
      }
      let second = try await bench.open()
      try expect(try await second.resume(flow) == 0, "it was taken from a process that has its lease")
      bench.clock.advance(by: Bench.lease * 2)
      try expect(try await second.resume(flow) == 1, "it was not finished")
      try expect(try await second.run(flow, Order("1")) == Box("box 1 of 1"), "its response is another")
      try expect(try await second.resume(flow) == 0 && bench.courier.sent == 1, "it ran again")
    },
    Check("After a refused step, the steps before it are undone once, last first") { bench in
      let durable = try await bench.open()
      let acts = Diary()
      @Sendable func act(_ name: String, refusing: Bool = false) async throws {
        let effect = RemoteEffect(name, key: { (order: Order) in [order.number] }, returns: Bool.self)
        _ = try await durable.once(effect, for: Order("1")) { _ in
          acts.note(name)
          if refusing { throw EffectRefusal("no", "no") }
          return true
        } whenInDoubt: { _ in
          .unknown
        }
      }
      for _ in 1...2 {
        try await expect(EffectRefusal("no", "no")) {
          try await durable.undoing { undo in
            try await act("hold")
            undo.add { try await act("release") }
            try await act("pack")
            undo.add { try await act("unpack") }
            try await act("pay", refusing: true)
          }
        }
      }
      try expect(acts.lines == ["hold", "pack", "pay", "unpack", "release"], "\(acts.lines)")
    },
  ]

  private static func expect(_ holds: Bool, _ seen: String) throws {
    guard holds else { throw Broken(description: seen) }
  }

  private static func expect<Failure: Error & Equatable, Value>(
    _ failure: Failure, _ body: () async throws -> Value
  ) async throws {
    do {
      let value = try await body()
      throw Broken(description: "\(failure) was promised, and it returned \(value)")
    } catch let error as Failure where error == failure {
    }
  }
}
