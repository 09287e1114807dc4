import GRDB
import SQLiteFile

extension Bank {
  /// Opens existing books for reading only. They may be a backup that cannot be written.
  ///
  /// - Throws: `BankError` when the file cannot be opened or is not a bank's.
  package convenience init(reading path: String) throws(BankError) {
    var configuration = Configuration()
    configuration.label = "PaymentGateway.Bank"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try BankSchema.refuseUnfitFile($0, path: path) }
    do {
      let books = try DatabaseQueue.reading(path: path, configuration: configuration)
      self.init(books: books, id: try books.read { try BankSchema.identity(of: $0, path: path) })
    } catch let error as BankError {
      throw error
    } catch let error as UnreadableLog {
      throw .cannotOpen(path: path, reason: error.description)
    } catch {
      throw .cannotOpen(path: path, reason: BankError.reason(of: error))
    }
  }
}
