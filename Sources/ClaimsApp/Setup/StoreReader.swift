import Foundation
package import SQLiteStore

/// A store that has to be there: to look into one that is not would make an empty one.
package struct StoreReader: Sendable {
  package let store: SQLiteStore

  /// - Throws: `SetupError.unavailable` when there is no such file; `StoreFailure`.
  package init(_ location: StoreLocation) throws {
    guard FileManager.default.fileExists(atPath: location.path) else {
      throw SetupError.unavailable("there is no store at \(location.path); name one with --store sqlite:FILE")
    }
    store = try SQLiteStore(path: location.path)
  }
}
