import Foundation
import GRDB
import PostgresDriver
import TestSupport
import Testing

/// An office's store: its name on the command line, and a way to change it outside the program.
struct StoreInUse: Sendable {
  /// The value of `--store`.
  let name: String
  var option: [String] { ["--store", name] }
  fileprivate let query: @Sendable (String) async throws -> [String]

  /// Runs one statement, and returns the first column, a text, of each row.
  @discardableResult
  func sql(_ statement: String) async throws -> [String] { try await query(statement) }
}

/// The databases that can hold a store.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
  case sqlite = "SQLite"
  case postgres = "PostgreSQL"

  var testDescription: String { rawValue }

  func store(in office: Office) async throws -> StoreInUse {
    switch self {
    case .sqlite:
      let path = office.path("claims.db")
      return StoreInUse(name: "sqlite:claims.db") { statement in
        try DatabaseQueue(shared: path).writeWithoutTransaction { try String.fetchAll($0, sql: statement) }
      }
    case .postgres:
      let address = try await PrivatePostgres.shared().newDatabase()
      return StoreInUse(name: address.text) { statement in
        try await PostgresConnection.open(address).use { wire in
          try wire.execute(script: "SET search_path = paidonce")
          try wire.send("test", statement, PostgresArguments())
          guard let result = try wire.answers().last else { return [] }
          return try (0..<result.rowCount).map { try result.row($0).text(0) }
        }
      }
    }
  }
}
