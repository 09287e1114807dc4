import DurableExecution

/// Where a key record is.
enum KeyTable {
  case live
  case archive

  private var name: DialectText {
    switch self {
    case .live: "effect_keys"
    case .archive: "archived_keys"
    }
  }

  /// The newest records, of one effect where there is one ($1), so many at most ($2). A status stands in the text and is no
  /// argument, so that each has the index that was made for it.
  func newest(_ status: KeyStatus?) -> Statement {
    let wanted: (suffix: String, condition: DialectText) =
      switch status {
      case nil: ("", "TRUE")
      case .pending: ("Pending", "status = 'PENDING'")
      case .completed: ("Completed", "status = 'COMPLETED'")
      case .failed: ("Failed", "status = 'FAILED'")
      }
    return Statement(
      "keys.newest\(wanted.suffix)\(self == .live ? "" : "Archived")",
      """
      SELECT \(KeyRecord.columns) FROM \(name)
      WHERE \(wanted.condition) AND (CAST($1 AS TEXT) IS NULL OR effect = $1)
      ORDER BY created_at DESC, lamport DESC LIMIT $2
      """)
  }
}
