package import BankProtocol
import GRDB

/// The bank: it holds money, moves it once per idempotency key, and remembers every answer it gave.
///
/// It has a database of its own and knows nothing of claims or of HTTP. Several processes may open the same file. Each
/// operation takes a batch in one immediate transaction: either all of its answers are in the books when it returns,
/// or none is. Each answer comes with the request it is to.
package final class Bank: Sendable {
  let books: any DatabaseWriter
  /// The name it gave itself when its books were opened.
  package let id: BankID
  private let refusedPayees: Set<String>

  init(books: any DatabaseWriter, id: BankID, refusing refusedPayees: Set<String> = []) {
    self.books = books
    self.id = id
    self.refusedPayees = refusedPayees
  }

  /// - Parameters:
  ///   - path: of the database file; it is created when it is not there.
  ///   - refusedPayees: references of payees that cannot be paid (a closed account).
  /// - Throws: `BankError` when the file cannot be opened for writing or is not a bank's.
  package init(path: String, refusing refusedPayees: Set<String> = []) throws(BankError) {
    self.refusedPayees = refusedPayees
    var configuration = Configuration()
    configuration.label = "bank"
    configuration.busyMode = .timeout(10)
    // Before the pool turns on write-ahead logging: a file that is refused stays as it is.
    configuration.prepareDatabase { try BankSchema.refuseUnfitFile($0, path: path) }
    do {
      books = try DatabasePool(path: path, configuration: configuration)
      id = try books.writeWithoutTransaction { db in
        // GRDB sets NORMAL in WAL mode; a bank that forgets its last payments after a power cut would pay them again.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try BankSchema.install(in: db, path: path)
        return try BankSchema.identity(of: db, path: path)
      }
    } catch let error as BankError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: BankError.reason(of: error))
    }
  }

  /// Announces payments; nothing moves.
  package func prepare(_ orders: [PaymentOrder]) async throws(BankError) -> [BankAnswered<PaymentOrder>] {
    try await answer(orders, orRefuse: .malformed) { try $0.prepare($1) }
  }

  /// Moves the money of prepared payments.
  package func commit(_ requests: [CommitRequest]) async throws(BankError) -> [BankAnswered<CommitRequest>] {
    try await answer(requests) { try $0.commit($1) }
  }

  /// Says what became of payments, and fences older owners where an epoch comes with the question.
  package func standing(of requests: [StandingRequest]) async throws(BankError) -> [BankAnswered<StandingRequest>] {
    try await answer(requests) { try $0.standing($1) }
  }

  /// Takes payments back, or makes sure that they are never made.
  package func void(_ orders: [VoidOrder]) async throws(BankError) -> [BankAnswered<VoidOrder>] {
    try await answer(orders) { try $0.void($1) }
  }

  /// The whole batch in one transaction, on the writer's own queue: no thread of the cooperative pool waits for a disk.
  ///
  /// - Parameter problem: the answer to a request that the books do not take. Nothing of it remains, and it fails alone.
  private func answer<Request: Sendable>(
    _ requests: [Request], orRefuse problem: BankProblem = .unavailable,
    _ operation: @escaping @Sendable (BankTransaction, Request) throws -> BankResponse
  ) async throws(BankError) -> [BankAnswered<Request>] {
    do {
      return try await books.writeWithoutTransaction { [refusedPayees] db in
        func answer(
          with one: (inout BankTransaction, Request) throws -> BankResponse
        ) throws -> [BankAnswered<Request>] {
          var answered: [BankAnswered<Request>] = []
          answered.reserveCapacity(requests.count)
          try db.inTransaction(.immediate) {
            var transaction = BankTransaction(
              db: db, statements: try BankStatements(db), refusedPayees: refusedPayees)
            for request in requests {
              answered.append(BankAnswered(request: request, response: try one(&transaction, request)))
            }
            return .commit
          }
          return answered
        }
        do {
          return try answer { try operation($0, $1) }
        } catch let error as DatabaseError where error.isOfOneRequest {
          // Once more from the start, each request by itself: that costs more, and is rarely needed.
          return try answer { transaction, request in
            try transaction.alone(orRefuse: problem) { try operation($0, request) }
          }
        }
      }
    } catch {
      throw .unavailable(reason: BankError.reason(of: error))
    }
  }
}

/// A request to the bank with its answer.
package struct BankAnswered<Request: Sendable>: Sendable {
  package let request: Request
  package let response: BankResponse
}
