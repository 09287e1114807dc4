import GRDB

/// What tests, demos and `claims verify` read from the bank's own books. All of it counts transfers: what the bank was
/// asked and what it answered is beside the point.
extension Bank {
  /// Every movement of money, oldest first.
  package func transfers() async throws(BankError) -> [Transfer] {
    try await read { try Transfer.fetchAll($0, sql: Transfer.all) }
  }

  /// The movements for one reference, oldest first.
  package func transfers(reference: String) async throws(BankError) -> [Transfer] {
    try await read { try Transfer.fetchAll($0, sql: Transfer.byReference, arguments: [reference]) }
  }

  package func totals() async throws(BankError) -> BankTotals {
    try await read { try BankTotals.fetchOne($0, sql: BankTotals.fetch) } ?? .none
  }

  /// The references for which more than one payment stands. Empty, or something was paid twice.
  package func duplicates() async throws(BankError) -> [DuplicatePayment] {
    try await read { try DuplicatePayment.fetchAll($0, sql: DuplicatePayment.fetch) }
  }

  /// The payments whose transfers do not add up to their state. Empty, or the books are broken.
  package func discrepancies() async throws(BankError) -> [LedgerDiscrepancy] {
    try await read { try LedgerDiscrepancy.fetchAll($0, sql: LedgerDiscrepancy.fetch) }
  }

  func read<Value: Sendable>(
    _ query: @escaping @Sendable (Database) throws -> Value
  ) async throws(BankError) -> Value {
    do {
      return try await books.read(query)
    } catch {
      throw .unavailable(reason: BankError.reason(of: error))
    }
  }
}
