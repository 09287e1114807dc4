/// A table's structure as a database reports it, in terms that both databases share.
struct TableShape: Hashable {
  struct Column: Hashable {
    var name: String
    /// The type, in SQLite's terms.
    var type: String
    var isNullable: Bool
  }

  struct Index: Hashable {
    var name: String
    var columns: [String]
    var isUnique: Bool
    var isPartial: Bool
  }

  var columns: [Column]
  var primaryKey: [String]
  /// The indexes made by name; the indexes behind a UNIQUE have names that the database chooses.
  var indexes: Set<Index>
  var uniqueColumns: Set<[String]>
  var namedChecks: Set<String>
  /// The referenced table of each column that refers to one.
  var references: [String: String]
  var triggers: Set<String>
}
