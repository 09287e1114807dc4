/// Where the store is: `sqlite:FILE`.
package struct StoreLocation: Hashable, Sendable, CustomStringConvertible {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// - Throws: `SetupError.usage` for anything that is not a store we know.
  package init(parsing text: String) throws(SetupError) {
    guard text.hasPrefix("sqlite:"), text.count > "sqlite:".count else {
      throw .usage("a store is written sqlite:FILE, for example sqlite:claims.db")
    }
    path = String(text.dropFirst("sqlite:".count))
  }

  /// Where the bank of a run without a gateway keeps its own books: beside the store, in a file of its own.
  package var bankPath: String { path.hasSuffix(".db") ? "\(path.dropLast(3)).bank.db" : "\(path).bank" }

  package var description: String { "sqlite:\(path)" }
}
