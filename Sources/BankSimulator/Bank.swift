package import BankProtocol
import GRDB
package import Signatures

/// A bank that holds money, moves it once per idempotency key, and remembers every response it gave.
///
/// The bank has its own database and knows nothing of claims or HTTP. Several processes may open the same file. Each
/// operation takes a batch in one immediate transaction: when it returns, either all of its responses are in the books
/// or none are. Each response comes with the request it answers.
package final class Bank: Sendable {
  let books: any DatabaseWriter
  /// The name that the bank gave itself when its books were created.
  package let id: BankID
  private let refusedPayees: Set<String>
  private let signer: SigningKey?

  init(books: any DatabaseWriter, id: BankID, signer: SigningKey?, refusing refusedPayees: Set<String> = []) {
    self.books = books
    self.id = id
    self.signer = signer
    self.refusedPayees = refusedPayees
  }

  /// The key that the bank signs receipts with; nil for books that are older than keys and were opened for reading.
  package var key: VerifyingKey? { signer?.publicKey }

  /// The bank's key as it publishes it; empty for a bank without one.
  package var keys: KeySet { KeySet([key].compactMap(\.self)) }

  /// - Parameters:
  ///   - path: the path of the database file, which is created if it does not exist.
  ///   - refusedPayees: the references of payees that cannot be paid, for example because of a closed account.
  /// - Throws: `BankError` when the file cannot be opened for writing or is not a bank's.
  package init(path: String, refusing refusedPayees: Set<String> = []) throws(BankError) {
    self.refusedPayees = refusedPayees
    var configuration = Configuration()
    configuration.label = "bank"
    configuration.busyMode = .timeout(10)
    // This runs before the pool turns on write-ahead logging, so that a refused file is left unchanged.
    configuration.prepareDatabase { try BankSchema.refuseUnfitFile($0, path: path) }
    do {
      books = try DatabasePool(path: path, configuration: configuration)
      (id, signer) = try books.writeWithoutTransaction { db in
        // GRDB sets NORMAL in WAL mode; a bank that forgets its last payments after a power failure would pay them
        // again.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Payments are found by digests, so a batch of them changes pages all over the file.
        try db.execute(sql: "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000")
        try BankSchema.install(in: db, path: path)
        return (try BankSchema.identity(of: db, path: path), try BankKey.read(from: db))
      }
    } catch let error as BankError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: BankError.reason(of: error))
    }
  }

  /// Announces payments; no money moves.
  ///
  /// - Parameter issuer: who orders; so in the methods below.
  package func prepare(
    _ orders: [PaymentOrder], from issuer: Issuer = .unsigned
  ) async throws(BankError) -> [BankAnswered<PaymentOrder>] {
    try await answer(orders, from: issuer, orRefuse: .malformed) { try $0.prepare($1) }
  }

  /// Moves the money of prepared payments.
  package func commit(
    _ requests: [CommitRequest], from issuer: Issuer = .unsigned
  ) async throws(BankError) -> [BankAnswered<CommitRequest>] {
    try await answer(requests, from: issuer) { try $0.commit($1) }
  }

  /// Reports the outcome of payments, and fences older owners if the request has an epoch.
  package func standing(
    of requests: [StandingRequest], from issuer: Issuer = .unsigned
  ) async throws(BankError) -> [BankAnswered<StandingRequest>] {
    try await answer(requests, from: issuer) { try $0.standing($1) }
  }

  /// Voids payments, or ensures that they are never made.
  package func void(
    _ orders: [VoidOrder], from issuer: Issuer = .unsigned
  ) async throws(BankError) -> [BankAnswered<VoidOrder>] {
    try await answer(orders, from: issuer) { try $0.void($1) }
  }

  /// Runs the whole batch in one transaction, on the writer's own queue, so that no thread of the cooperative pool
  /// waits for a disk.
  ///
  /// - Parameter problem: the response to a request that the books do not accept. The request leaves nothing behind,
  ///   and only it fails.
  private func answer<Request: Sendable>(
    _ requests: [Request], from issuer: Issuer, orRefuse problem: BankProblem = .unavailable,
    _ operation: @escaping @Sendable (BankTransaction, Request) throws -> BankResponse
  ) async throws(BankError) -> [BankAnswered<Request>] {
    do {
      return try await books.writeWithoutTransaction { [refusedPayees, id, signer] db in
        func answer(
          with one: (inout BankTransaction, Request) throws -> BankResponse
        ) throws -> [BankAnswered<Request>] {
          var answered: [BankAnswered<Request>] = []
          answered.reserveCapacity(requests.count)
          try db.inTransaction(.immediate) {
            var transaction = BankTransaction(
              db: db, statements: try BankStatements(db), refusedPayees: refusedPayees, bank: id, signer: signer,
              issuer: issuer)
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
          // Starts over with each request by itself, which costs more and is rarely needed.
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

/// A request to the bank with its response.
package struct BankAnswered<Request: Sendable>: Sendable {
  package let request: Request
  package let response: BankResponse
}
