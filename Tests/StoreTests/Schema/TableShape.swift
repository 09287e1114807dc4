/// A table as a database says it is, in words both databases share.
struct TableShape: Hashable {
  struct Column: Hashable {
    var name: String
    /// SQLite's word for it.
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
  /// Made by name; those behind a UNIQUE have names of the database's own.
  var indexes: Set<Index>
  var uniqueColumns: Set<[String]>
  var namedChecks: Set<String>
  /// Which column refers to which table.
  var references: [String: String]
  var triggers: Set<String>
}
