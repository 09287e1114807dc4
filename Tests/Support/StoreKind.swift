import Testing

/// What claims are kept in. What holds for one has to hold for the other.
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
