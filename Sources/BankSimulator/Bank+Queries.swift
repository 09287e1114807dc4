import GRDB
import SQLiteFile

/// The queries that tests, demos, and `claims verify` make on the bank's own books. They count only transfers, not
/// requests or responses.
extension Bank {
  /// Every transfer, oldest first.
  package func transfers() async throws(BankError) -> [Transfer] {
    try await read { try Transfer.fetchAll($0, sql: Transfer.all) }
  }

  /// The transfers for one reference, oldest first.
  package func transfers(reference: String) async throws(BankError) -> [Transfer] {
    try await read { try Transfer.fetchAll($0, sql: Transfer.byReference, arguments: [reference]) }
  }

  package func totals() async throws(BankError) -> BankTotals {
    try await read { try BankTotals.fetchOne($0, sql: BankTotals.fetch) } ?? .none
  }

  /// The origins with more than one standing payment. If the result is not empty, something was paid twice.
  package func duplicates() async throws(BankError) -> [DuplicatePayment] {
    try await read { try DuplicatePayment.fetchAll($0, sql: DuplicatePayment.fetch) }
  }

  /// The payments whose transfers do not add up to their state. If the result is not empty, the books are inconsistent.
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

extension Bank {
  /// Opens existing books for reading only. They may be a backup that cannot be written.
  ///
  /// - Throws: `BankError` when the file cannot be opened or is not a bank's.
  package convenience init(reading path: String) throws(BankError) {
    var configuration = Configuration()
    configuration.label = "bank"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try BankSchema.refuseUnfitFile($0, path: path) }
    do {
      let books = try DatabaseQueue.reading(path: path, configuration: configuration)
      let (id, signer) = try books.read { db in
        (try BankSchema.identity(of: db, path: path), try BankKey.read(from: db))
      }
      self.init(books: books, id: id, signer: signer)
    } catch let error as BankError {
      throw error
    } catch let error as UnreadableLog {
      throw .cannotOpen(path: path, reason: error.description)
    } catch {
      throw .cannotOpen(path: path, reason: BankError.reason(of: error))
    }
  }
}
