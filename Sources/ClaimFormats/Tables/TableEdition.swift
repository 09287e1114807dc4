package import ClaimsDomain
import Crypto
package import Foundation

/// One edition of a published table as a ruleset keeps it: what it is, the days it is for, and its content. Immutable: a
/// name stands for one content for ever.
package struct TableEdition: Hashable, Sendable {
  package let kind: TableKind
  /// `mpfs-2025-01-01`; also what its file is called by.
  package let name: String
  /// Days of service it is for.
  package let days: DateRange
  package let rows: Int
  /// What it was imported from.
  package let source: String
  /// SHA-256 of the content, as 64 hex digits.
  package let digest: String
  /// As it was published; pairs packed (`ProcedureToProcedureEdits.packed`), since there are a million of them.
  package let content: Data

  init(kind: TableKind, name: String, days: DateRange, rows: Int, source: String, content: Data) {
    self.kind = kind
    self.name = name
    self.days = days
    self.rows = rows
    // It stands on a line of its own, and an archive may call its files anything.
    self.source = source.withoutControls
    self.content = content
    digest = SHA256.hash(data: content).hex
  }

  /// What a ruleset's digest covers: all but where it came from.
  package var seal: String { "\(kind.rawValue) \(name) \(days.first) \(days.last) \(digest)" }
}

extension String {
  /// With `?` for what would end a line, or move a terminal's cursor.
  var withoutControls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
