extension StoreKind {
  /// Returns statements that make the database refuse new rows of a table.
  func refusing(_ table: String, _ condition: String) -> [String] {
    switch self {
    case .sqlite:
      [
        """
        CREATE TRIGGER refuses BEFORE INSERT ON \(table) WHEN \(condition)
        BEGIN SELECT RAISE(ABORT, 'refused'); END
        """
      ]
    case .postgres:
      [
        """
        CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS
          $do$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '22023'; END $do$
        """,
        """
        CREATE TRIGGER refuses BEFORE INSERT ON \(table) FOR EACH ROW WHEN (\(condition))
        EXECUTE FUNCTION refuse_row()
        """,
      ]
    }
  }

  var accepting: String {
    switch self {
    case .sqlite: "DROP TRIGGER refuses"
    case .postgres: "DROP FUNCTION refuse_row() CASCADE"
    }
  }
}
