package import ClaimPipeline
import ClaimsDomain
import DurableExecution
import GRDB

/// What a payer reconciles by: the transfers themselves.
extension Bank: BankBooks {
  package func statement() async throws -> BankStatement {
    let newest = try await read { try Int64.fetchOne($0, sql: Transfer.newest) } ?? 0
    return BankStatement(bank: id, newestTransfer: newest)
  }

  package func transfers(references: [String]) async throws -> [BankTransfer] {
    guard !references.isEmpty else { return [] }
    let list = String(decoding: try CanonicalJSON.bytes(of: references), as: UTF8.self)
    return try await read { try Transfer.fetchAll($0, sql: Transfer.byReferences, arguments: [list]) }
      .map(BankTransfer.init)
  }

  package func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer] {
    try await read { try Transfer.fetchAll($0, sql: Transfer.page, arguments: [number, limit]) }.map(BankTransfer.init)
  }
}

extension Transfer {
  fileprivate static let byReferences = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers
    WHERE reference IN (SELECT value FROM json_each(?)) ORDER BY number
    """
  fileprivate static let newest = "SELECT max(number) FROM transfers"
  fileprivate static let page = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers
    WHERE number > ? ORDER BY number LIMIT ?
    """
}

extension BankTransfer {
  fileprivate init(_ transfer: Transfer) {
    self.init(
      number: transfer.number, id: transfer.id, trackingID: transfer.trackingID, amount: transfer.amount,
      payer: transfer.payer, payee: transfer.payeeReference, reference: transfer.reference,
      origin: transfer.origin)
  }
}
