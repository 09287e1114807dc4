import DurableExecution
import DurableSQL
import Foundation
import Synchronization

struct Order: Codable, Sendable, Hashable {
  static let ship = RemoteEffect("ship", key: { (order: Order) in [order.number] }, returns: Box.self)
  static let reserve = LocalEffect("reserve", key: { (order: Order) in [order.number] }, returns: Int64.self)

  var number: String
  var article: String

  init(_ number: String, article: String = "book") {
    (self.number, self.article) = (number, article)
  }
}

struct Box: Codable, Sendable, Hashable {
  var text: String

  init(_ text: String) {
    self.text = text
  }
}

struct Lost: Error, Equatable {}

/// A log of events, in order.
final class Diary: Sendable {
  private let entries = Mutex<[String]>([])

  var lines: [String] { entries.withLock { $0 } }

  /// - Returns: the number of lines after the addition.
  @discardableResult
  func note(_ line: String) -> Int {
    entries.withLock { entries in
      entries.append(line)
      return entries.count
    }
  }
}

extension Diary {
  /// Blocks until there are this many lines, or for as long as it may take.
  func wait(untilLines count: Int, upTo patience: Duration) {
    let end = ContinuousClock.now + patience
    while lines.count < count, .now < end { Thread.sleep(forTimeInterval: 0.002) }
  }
}

/// Another company, with records of its own.
final class Courier: Sendable {
  private struct Books {
    var boxes: [String: Box] = [:]
    var epochs: [Int64] = []
  }

  private let books = Mutex(Books())

  var sent: Int { epochs.count }
  var epochs: [Int64] { books.withLock { $0.epochs } }

  func send(_ call: EffectCall<Order>) -> Box {
    books.withLock { books in
      books.epochs.append(call.epoch)
      let box = Box("box \(books.epochs.count) of \(call.request.number)")
      books.boxes[call.trackingID] = box
      return box
    }
  }

  func standing(of call: EffectCall<Order>) -> EffectStanding<Box> {
    books.withLock { $0.boxes[call.trackingID].map { .done($0) } ?? .neverHeardOf }
  }
}

/// One store, one clock and one courier, shared by all processes that a check opens.
struct Bench: Sendable {
  /// Longer than a check takes on any machine. The store's clock stands still during a check, but the clock of this process
  /// ends a lease too.
  static let lease = Duration.seconds(3_600)

  let clock = ManualClock()
  let courier = Courier()
  private let location: DurableLocation

  init(_ location: DurableLocation) {
    self.location = location.with(clock)
  }

  func open() async throws -> Durable {
    try await Durable(
      location, lease: Self.lease, retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 3))
  }

  func box(_ durable: Durable, _ order: Order, waitingUpTo wait: Duration = .seconds(30)) async throws -> Box {
    try await durable.once(Order.ship, for: order, waitingUpTo: wait) {
      courier.send($0)
    } whenInDoubt: {
      courier.standing(of: $0)
    }
  }

  /// Sends order 1, and never receives the result.
  func lose(_ durable: Durable) async throws -> Box {
    try await durable.once(Order.ship, for: Order("1"), waitingUpTo: .zero) { call in
      _ = courier.send(call)
      throw Lost()
    } whenInDoubt: { call in
      // A process that takes over asks first; this system has lost its records.
      call.epoch == 1 ? .unknown : .neverHeardOf
    }
  }

  /// Opens the store with two books in stock.
  func shop() async throws -> Durable {
    let durable = try await open()
    try await durable.transaction { transaction in
      try transaction.execute(
        "CREATE TABLE stock (article TEXT PRIMARY KEY, pieces BIGINT NOT NULL CHECK (pieces >= 0))")
      try transaction.execute("INSERT INTO stock (article, pieces) VALUES ($1, $2)", "book", 2)
    }
    return durable
  }

  /// The books in stock.
  func pieces(_ durable: Durable) async throws -> Int64 {
    let pieces = try await durable.transaction {
      try $0.query("SELECT pieces FROM stock WHERE article = $1", "book") { try $0.integer(0) }
    }
    guard pieces.count == 1 else { throw StoreFailure.corrupt("the stock has \(pieces.count) rows of books") }
    return pieces[0]
  }

  func take(_ durable: Durable, _ number: String, failing: Bool = false) async throws -> Int64 {
    try await durable.transaction { transaction in
      let left = try transaction.once(Order.reserve, for: Order(number)) {
        let left = try transaction.query("SELECT pieces FROM stock WHERE article = $1", "book") { try $0.integer(0) }
        guard let pieces = left.first, pieces > 0 else { throw EffectRefusal("out-of-stock", "none is left") }
        try transaction.execute("UPDATE stock SET pieces = $1 WHERE article = $2", .integer(pieces - 1), "book")
        return pieces - 1
      }
      if failing { throw Lost() }
      return left
    }
  }
}
