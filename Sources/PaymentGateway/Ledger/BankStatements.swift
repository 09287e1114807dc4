import GRDB

/// Every statement an operation of the bank may run, looked up once for a whole batch.
struct BankStatements {
  let raiseFence: Statement
  let findPayment: Statement
  let insertPayment: Statement
  let isPaid: Statement
  let corrector: Statement
  let markCommitted: Statement
  let markVoided: Statement
  let insertTransfer: Statement
  let findResponse: Statement
  let insertResponse: Statement

  init(_ db: Database) throws {
    raiseFence = try db.cachedStatement(sql: Fence.raise)
    findPayment = try db.cachedStatement(sql: PaymentRow.find)
    insertPayment = try db.cachedStatement(sql: PaymentRow.insert)
    isPaid = try db.cachedStatement(sql: PaymentRow.isPaid)
    corrector = try db.cachedStatement(sql: PaymentRow.corrector)
    markCommitted = try db.cachedStatement(sql: PaymentRow.markCommitted)
    markVoided = try db.cachedStatement(sql: PaymentRow.markVoided)
    insertTransfer = try db.cachedStatement(sql: Transfer.insert)
    findResponse = try db.cachedStatement(sql: StoredResponse.find)
    insertResponse = try db.cachedStatement(sql: StoredResponse.insert)
  }
}
