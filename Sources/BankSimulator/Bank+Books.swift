package import BankProtocol
import ClaimsDomain
import DurableExecution
import GRDB

/// The transfers themselves, for a payer's reconciliation.
extension Bank: BankBooks {
  package func statement() async throws -> BankStatement { try await statement(for: nil) }

  package func transfers(references: [String]) async throws -> [BankTransfer] {
    try await transfers(references: references, for: nil)
  }

  package func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer] {
    try await transfers(after: number, limit: limit, for: nil)
  }
}

/// The part of the books that one issuer may read; all of them if no issuer is given.
extension Bank {
  package func statement(for issuer: Issuer?) async throws -> BankStatement {
    let (sql, arguments) = Transfer.narrowed("SELECT max(number) FROM transfers", where: "", [], to: issuer)
    let newest = try await read { try Int64.fetchOne($0, sql: sql, arguments: arguments) } ?? 0
    return BankStatement(bank: id, newestTransfer: newest)
  }

  package func transfers(references: [String], for issuer: Issuer?) async throws -> [BankTransfer] {
    guard !references.isEmpty else { return [] }
    let list = String(decoding: try CanonicalJSON.bytes(of: references), as: UTF8.self)
    let (sql, arguments) = Transfer.narrowed(
      Transfer.select, where: "reference IN (SELECT value FROM json_each(?))", [list], to: issuer)
    return try await read { try Transfer.fetchAll($0, sql: "\(sql) ORDER BY number", arguments: arguments) }
      .map(BankTransfer.init)
  }

  package func transfers(after number: Int64, limit: Int, for issuer: Issuer?) async throws -> [BankTransfer] {
    let (sql, arguments) = Transfer.narrowed(Transfer.select, where: "number > ?", [number], to: issuer)
    return try await read {
      try Transfer.fetchAll($0, sql: "\(sql) ORDER BY number LIMIT ?", arguments: arguments + [limit])
    }.map(BankTransfer.init)
  }

  /// Checks that the books fit a bank that asks for signatures, or one that does not. Whose an order is would otherwise
  /// change after it was made, and it could be paid under both names.
  ///
  /// - Throws: `BankError.otherOrders`.
  package func refuseOtherOrders(takingSigned asksForSignatures: Bool) async throws(BankError) {
    let sql = "SELECT EXISTS (SELECT 1 FROM payments WHERE (issuer <> '') <> ?)"
    let areOther = try await read { try Bool.fetchOne($0, sql: sql, arguments: [asksForSignatures]) } ?? false
    if areOther { throw .otherOrders(areSigned: !asksForSignatures) }
  }
}

extension Transfer {
  fileprivate static let select =
    "SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers"

  /// A query for what one issuer has ordered. The column is not named without an issuer, because books that are only
  /// read may be older than it.
  fileprivate static func narrowed(
    _ sql: String, where condition: String, _ arguments: StatementArguments, to issuer: Issuer?
  ) -> (sql: String, arguments: StatementArguments) {
    let conditions = [condition, issuer == nil ? "" : "issuer = ?"].filter { !$0.isEmpty }
    let whole = conditions.isEmpty ? sql : "\(sql) WHERE \(conditions.joined(separator: " AND "))"
    return (whole, issuer.map { arguments + [$0.text] } ?? arguments)
  }
}

extension BankTransfer {
  fileprivate init(_ transfer: Transfer) {
    self.init(
      number: transfer.number, id: transfer.id, trackingID: transfer.trackingID, amount: transfer.amount,
      payer: transfer.payer, payee: transfer.payeeReference, reference: transfer.reference,
      origin: transfer.origin)
  }
}
