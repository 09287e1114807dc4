import Testing

/// The kinds of store. The same tests apply to both.
package enum StoreKind: CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite
  case postgres

  package var testDescription: String {
    switch self {
    case .sqlite: "SQLite"
    case .postgres: "PostgreSQL"
    }
  }
}
