import PostgresDriver

extension TableShape {
  /// Returns the tables of the connection's current schema.
  static func all(over wire: PostgresWire) throws -> [String: TableShape] {
    let names = try texts(
      wire, 1, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> $1",
      "schema_migrations")
    return try names.map { $0[0] }.reduce(into: [:]) { $0[$1] = try TableShape($1, over: wire) }
  }

  private init(_ table: String, over wire: PostgresWire) throws {
    let found = try Self.texts(
      wire, 3,
      """
      SELECT column_name, coalesce(domain_name::text, data_type::text), is_nullable FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
      """, table)
    columns = found.map { Column(name: $0[0], type: Self.types[$0[1]] ?? $0[1], isNullable: $0[2] == "YES") }
    let indexed = try Self.texts(
      wire, 5,
      """
      SELECT relname, CASE WHEN indisprimary THEN 'p' WHEN contype = 'u' THEN 'u' ELSE 'i' END,
        CASE WHEN indisunique THEN 'unique' ELSE '' END, CASE WHEN indpred IS NOT NULL THEN 'partial' ELSE '' END,
        (SELECT string_agg(pg_get_indexdef(indexrelid, part, true), ',' ORDER BY part)
         FROM generate_series(1, indnatts) AS part)
      FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
      LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u')
      WHERE indrelid = $1::text::regclass
      """, table)
    primaryKey = indexed.filter { $0[1] == "p" }.flatMap { Self.list($0[4]) }
    uniqueColumns = Set(indexed.filter { $0[1] == "u" }.map { Self.list($0[4]) })
    indexes = Set(
      indexed.filter { $0[1] == "i" }.map {
        Index(name: $0[0], columns: Self.list($0[4]), isUnique: $0[2] == "unique", isPartial: $0[3] == "partial")
      })
    // PostgreSQL itself gives constraints without a name a name with this ending.
    let checks = try Self.texts(
      wire, 1, "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = $1::text::regclass", table)
    namedChecks = Set(checks.map { $0[0] }.filter { !$0.contains(/_check\d*$/) })
    let keys = try Self.texts(
      wire, 2,
      """
      SELECT attname, confrelid::regclass::text FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
      WHERE contype = 'f' AND conrelid = $1::text::regclass
      """, table)
    references = Dictionary(uniqueKeysWithValues: keys.map { ($0[0], $0[1]) })
    triggers = Set(
      try Self.texts(
        wire, 1, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = $1::text::regclass", table
      )
      .map { $0[0] })
  }

  /// PostgreSQL's types with the SQLite type that each corresponds to. Any other type has no match.
  private static let types = ["exact_text": "TEXT", "bigint": "INTEGER", "boolean": "INTEGER", "bytea": "BLOB"]

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  /// Returns rows of the given number of texts.
  private static func texts(
    _ wire: PostgresWire, _ columns: Int, _ sql: String, _ argument: String
  ) throws -> [[String]] {
    var arguments = PostgresArguments()
    arguments.append(text: argument)
    try wire.send("shape.\(sql.hashValue)", sql, arguments)
    guard let answer = try wire.answers().first else { return [] }
    return try (0..<answer.rowCount).map { row in try (0..<columns).map { try answer.row(row).text($0) } }
  }
}
