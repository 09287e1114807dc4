import Foundation
import GRDB
import Signatures

/// The bank's own key. It is made from secret bytes in the books, so every process on the same books signs alike.
enum BankKey {
  /// Makes the secret bytes.
  static func make(in db: Database) throws {
    // The bytes come from the system's generator, which is suitable for keys.
    let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) })
    try db.execute(sql: "INSERT INTO bank_secret (id, bytes) VALUES (1, ?)", arguments: [bytes])
  }

  /// - Returns: the key; nil if the books are older than keys and were opened only for reading.
  static func read(from db: Database) throws -> SigningKey? {
    guard try db.tableExists("bank_secret") else { return nil }
    return try Data.fetchOne(db, sql: "SELECT bytes FROM bank_secret").map { try SigningKey(seed: Array($0)) }
  }
}

/// The statements about receipts.
enum ReceiptSQL {
  static let find = "SELECT signed FROM receipts WHERE number = ?"
  static let insert = "INSERT INTO receipts (number, signed) VALUES (?, ?)"
  static let booking = "SELECT tracking_id, amount_cents, payee_reference, booked_at FROM transfers WHERE number = ?"
}
