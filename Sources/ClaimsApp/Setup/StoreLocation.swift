package import ClaimPipeline
import Foundation
import SQLiteStore
import StoreSQL

/// Where the store is: `sqlite:FILE`.
package enum StoreLocation: Hashable, Sendable, CustomStringConvertible {
  case sqlite(path: String)

  /// - Throws: `SetupError.usage` for anything that is not a store we know.
  package init(parsing text: String) throws(SetupError) {
    guard text.hasPrefix("sqlite:"), text.count > "sqlite:".count else {
      throw .usage("a store is written sqlite:FILE, for example sqlite:claims.db")
    }
    self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
  }

  /// Opens the store, and makes or upgrades its tables where that is needed.
  ///
  /// - Parameter hasProtections: false takes the database's own constraint away, for demonstrations.
  /// - Throws: `StoreFailure`.
  func open(probe: StoreProbe? = nil, hasProtections: Bool = true) async throws -> any ClaimStore {
    switch self {
    case .sqlite(let path):
      let store = try SQLiteStore(path: path, probe: probe)
      if !hasProtections { try store.dropStandingPaymentConstraint() }
      return store
    }
  }

  /// Opens a store that has to be there: to look into one that is not would make an empty one.
  ///
  /// - Throws: `SetupError.unavailable` when there is none; `StoreFailure`.
  package func openExisting() async throws -> any ClaimStore {
    switch self {
    case .sqlite(let path):
      guard FileManager.default.fileExists(atPath: path) else {
        throw SetupError.unavailable("there is no store at \(path); name one with --store sqlite:FILE")
      }
      return try SQLiteStore(path: path)
    }
  }

  /// Where the bank of a run without a gateway keeps its own books: beside the store, in a file of its own.
  package var bankPath: String {
    switch self {
    case .sqlite(let path): path.hasSuffix(".db") ? "\(path.dropLast(3)).bank.db" : "\(path).bank"
    }
  }

  package var description: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    }
  }
}
