import BankProtocol
import ClaimOperations
import ClaimStore
import DurableExecution
import DurableSQL
import DurableSQLite

/// What a process found when it opened its store: which one it is, and its bank.
struct OpenedStore: Sendable {
  private let location: StoreLocation
  private let connection: BankConnection
  /// Nil for a store that is no file.
  private let file: FileIdentity?

  init(at location: StoreLocation, _ connection: BankConnection) {
    (self.location, self.connection) = (location, connection)
    file = if case .sqlite(let path) = location { FileIdentity(of: path) } else { nil }
  }

  /// - Throws: `StoreFailure.newerSchema` if the store was upgraded; `SetupError.unavailable` if it was replaced by another,
  ///   or by an earlier state of itself.
  func refuseOtherSchema(of store: ClaimStore) async throws {
    do {
      try file?.refuseReplacement()
    } catch {
      throw SetupError.unavailable("\(error)")
    }
    let found = try await store.read { transaction in
      try transaction.refuseNewerSchema()
      return try transaction.schemaVersion()
    }
    guard found == SchemaSteps.claims.version else {
      throw SetupError.unavailable(
        "\(location) has schema \(found) now, and had \(SchemaSteps.claims.version) when this process began: it was "
          + "restored from a backup; start again")
    }
  }

  /// - Throws: `SetupError.unavailable` if the store has another bank on record, or no longer agrees with its bank;
  ///   `StoreFailure`, `ActivityFailure` or `BankError` when it cannot be found out.
  func refuseOtherBank(of store: ClaimStore) async throws {
    let (linked, link) = (try await store.read { try $0.bankLink() }, connection.link)
    let isSame = linked.map { $0.bank == link.bank && ($0.key == nil || $0.key == link.key) } ?? !connection.isOnRecord
    guard isSame else {
      throw SetupError.unavailable(
        "\(location) has bank \(linked?.bank.text ?? "none") on record now, and had \(link.bank) when this process began: "
          + "it was restored from a backup, or replaced; nothing more was paid: start again")
    }
    if let why = try await connection.disagreement(with: store, at: location) { throw SetupError.unavailable(why) }
  }
}
