import GRDB

extension TableShape {
  static func all(in database: Database) throws -> [String: TableShape] {
    let tables = try Row.fetchAll(
      database,
      sql: """
        SELECT name, sql FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migrations'
        """)
    return try tables.reduce(into: [:]) { shapes, row in
      let name: String = row["name"]
      shapes[name] = try TableShape(name, madeBy: row["sql"], in: database)
    }
  }

  private init(_ table: String, madeBy sql: String, in database: Database) throws {
    let columns = try Row.fetchAll(database, sql: "PRAGMA table_xinfo(\(table))")
    // A key column cannot be NULL, whether or not the schema declares it.
    self.columns = columns.map {
      Column(name: $0["name"], type: $0["type"], isNullable: $0["notnull"] == 0 && $0["pk"] == 0)
    }
    let keys: [(place: Int, name: String)] = columns.map { ($0["pk"], $0["name"]) }
    primaryKey = keys.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name)
    indexes = []
    uniqueColumns = []
    for index in try Row.fetchAll(database, sql: "PRAGMA index_list(\(table))") {
      let name: String = index["name"]
      let parts = try String.fetchAll(
        database, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [name])
      switch index["origin"] as String {
      case "c":
        indexes.insert(
          Index(name: name, columns: parts, isUnique: index["unique"] == 1, isPartial: index["partial"] == 1))
      case "u": uniqueColumns.insert(parts)
      default: break
      }
    }
    namedChecks = Set(sql.matches(of: /CONSTRAINT (\w+) CHECK/).map { String($0.1) })
    references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_list(\(table))").reduce(into: [:]) {
      references, row in
      references[row["from"]] = row["table"]
    }
    triggers = try String.fetchSet(
      database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", arguments: [table])
  }
}
