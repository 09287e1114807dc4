import DurableExecution
import DurableSQLite
import Foundation

struct Order: Codable, Sendable {
  var number: String
  var article: String
}

struct Receipt: Codable, Sendable {
  var order: String
  var payment: String
  var box: String

  var text: String { "order \(order): \(payment), \(box)" }
}

/// The effects of an order. Each happens once.
enum Effects {
  /// Effects in our own tables.
  static let reserve = LocalEffect("reserve", key: { (order: Order) in [order.number] }, returns: Int64.self)
  static let putBack = LocalEffect("put-back", key: { (order: Order) in [order.number] }, returns: Int64.self)
  /// Effects at the bank and at the courier.
  static let pay = RemoteEffect("pay", key: { (order: Order) in [order.number] }, returns: String.self)
  static let ship = RemoteEffect("ship", key: { (order: Order) in [order.number] }, returns: String.self)
}

struct Shop: Sendable {
  let durable: Durable
  let bank: OtherSystem
  let courier: OtherSystem

  func open(stock: [String: Int64]) async throws {
    try await durable.transaction { transaction in
      try transaction.execute("CREATE TABLE IF NOT EXISTS stock (article TEXT PRIMARY KEY, pieces BIGINT NOT NULL)")
      for (article, pieces) in stock {
        try transaction.execute(
          "INSERT INTO stock (article, pieces) VALUES ($1, $2) ON CONFLICT DO NOTHING", .text(article), .integer(pieces)
        )
      }
    }
  }

  /// Reserves a piece, ships it and pays the supplier. If the courier refuses, the piece goes back to the shelf.
  var fulfill: Flow<Order, Receipt> {
    Flow("fulfill", key: { [$0.number] }, returns: Receipt.self) { [self] order, durable in
      try await durable.undoing { undo in
        _ = try await move(-1, order, Effects.reserve)
        undo.add { _ = try await move(1, order, Effects.putBack) }
        let box = try await durable.once(Effects.ship, for: order) { call in
          guard call.request.article != "anvil" else { throw EffectRefusal("too-heavy", "the courier takes no anvils") }
          return try courier.act("box of \(call.request.article)", as: call.trackingID)
        } whenInDoubt: { call in
          try courier.standing(of: call.trackingID)
        }
        let payment = try await durable.once(Effects.pay, for: order) { call in
          try bank.act("paid for \(call.request.article)", as: call.trackingID)
        } whenInDoubt: { call in
          try bank.standing(of: call.trackingID)
        }
        return Receipt(order: order.number, payment: payment, box: box)
      }
    }
  }

  /// Changes the stock by one piece, once for the order: the row, the key and the response commit together.
  private func move(_ pieces: Int64, _ order: Order, _ effect: LocalEffect<Order, Int64>) async throws -> Int64 {
    try await durable.once(effect, for: order) { transaction in
      let left = try transaction.query("SELECT pieces FROM stock WHERE article = $1", .text(order.article)) {
        try $0.integer(0)
      }
      guard let before = left.first else { throw EffectRefusal("unknown-article", "there is no \(order.article)") }
      guard before + pieces >= 0 else { throw EffectRefusal("out-of-stock", "no \(order.article) is left") }
      try transaction.execute(
        "UPDATE stock SET pieces = $1 WHERE article = $2", .integer(before + pieces), .text(order.article))
      return before + pieces
    }
  }
}
