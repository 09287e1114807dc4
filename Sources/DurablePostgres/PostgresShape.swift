import DurableExecution
import DurableSQL
import Foundation
import PostgresDriver
import Synchronization

extension PostgresSchema {
  /// Compares our schema with one that is created for the comparison and rolled back, because only the server itself
  /// can tell how it stores a definition. A process asks that once of each database and server version.
  ///
  /// - Returns: the comparison; nil if nothing can be created: on a standby, or without the right to create a schema.
  /// - Throws: `PostgresError`.
  func shapeComparison(_ wire: PostgresWire) throws -> ShapeComparison? {
    do {
      try begin(wire)
      defer { try? wire.execute(script: "ROLLBACK") }
      return ShapeComparison(try Self.shape(wire), asMade: try shapeAsMade(wire))
    } catch let error as PostgresError where error.forbidsMaking {
      return nil
    }
  }

  /// Returns the structure that this program creates in an empty schema. The connection may search that schema from then
  /// on.
  private func shapeAsMade(_ wire: PostgresWire) throws -> StoreShape {
    try wire.send("shape.server", "SELECT current_setting('server_version')", PostgresArguments())
    guard let version = try wire.answers().first?.row(0).text(0) else { throw PostgresError.unexpected("no version") }
    let made = Made(address: address, serverVersion: version, digests: steps.postgres.map(\.digest))
    if let known = Self.made.withLock({ $0[made] }) { return known }
    let name = wire.quoted(identifier: "as_made_\(UUID().uuidString.lowercased())")
    try wire.execute(script: "CREATE SCHEMA \(name); SET LOCAL search_path = \(name)")
    try takeSteps(after: 0, wire)
    let shape = try Self.shape(wire)
    Self.made.withLock { $0[made] = shape }
    return shape
  }

  private struct Made: Hashable {
    let address: PostgresAddress
    let serverVersion: String
    let digests: [String]
  }

  /// What each series of steps creates in each database.
  private static let made = Mutex<[Made: StoreShape]>([:])

  /// Reads the structure of the schema that the connection searches.
  private static func shape(_ wire: PostgresWire) throws -> StoreShape {
    try wire.send("shape", catalog, PostgresArguments())
    guard let result = try wire.answers().first else { throw PostgresError.unexpected("no catalog") }
    let parts = try (0..<result.rowCount).map { index in
      let row = result.row(index)
      return (try row.text(0), try row.text(1))
    }
    return StoreShape(Dictionary(parts) { first, _ in first })
  }

  /// Returns a row for each part: its kind and name, and its definition in the server's own words. Neither contains the
  /// name of the schema, since it is on the search path.
  private static let catalog = """
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
    tables AS (SELECT * FROM pg_class WHERE relnamespace = (TABLE ours) AND relkind NOT IN ('i', 'I', 't', 'c'))
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'relation' END || ' ' || relname,
      concat_ws(' ', relkind, relpersistence, relrowsecurity,
        CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid, true) END)
    FROM tables
    UNION ALL
    SELECT 'column ' || relname || '.' || attname,
      concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
        (SELECT collname FROM pg_collation WHERE oid = attcollation), attidentity, attgenerated,
        (SELECT pg_get_expr(adbin, adrelid, true) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum))
    FROM tables JOIN pg_attribute ON attrelid = oid
    WHERE attnum > 0 AND NOT attisdropped AND relkind <> 'S'
    UNION ALL
    SELECT 'constraint ' || CASE WHEN conrelid <> 0 THEN conrelid::regclass::text ELSE contypid::regtype::text END
      || '.' || conname,
      concat_ws(' ', pg_get_constraintdef(oid, true), CASE WHEN NOT convalidated THEN 'NOT VALID' END)
    FROM pg_constraint WHERE connamespace = (TABLE ours) AND contype <> 't'
    UNION ALL
    SELECT 'index ' || relname,
      concat_ws(' ', pg_get_indexdef(indexrelid, 0, true), CASE WHEN NOT (indisvalid AND indisready) THEN 'INVALID' END)
    FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relnamespace = (TABLE ours)
    UNION ALL
    SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid, true), tgenabled)
    FROM pg_trigger JOIN tables ON tables.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'check of ' || tgrelid::regclass || '.' || conname || ' by ' || tgfoid::regproc, string_agg(tgenabled::text, '')
    FROM pg_trigger JOIN tables ON tables.oid = tgrelid JOIN pg_constraint ON pg_constraint.oid = tgconstraint
    WHERE tgisinternal GROUP BY tgrelid, conname, tgfoid
    UNION ALL
    SELECT 'rule ' || ev_class::regclass || '.' || rulename, pg_get_ruledef(pg_rewrite.oid, true)
    FROM pg_rewrite JOIN tables ON tables.oid = ev_class WHERE rulename <> '_RETURN'
    UNION ALL
    SELECT 'function ' || proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')',
      concat_ws(' ', lanname, prosecdef, provolatile, prosrc, pg_get_function_sqlbody(pg_proc.oid))
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang WHERE pronamespace = (TABLE ours)
    UNION ALL
    SELECT 'type ' || typname, concat_ws(' ', typtype, format_type(typbasetype, typtypmod), typnotnull,
      (SELECT collname FROM pg_collation WHERE oid = typcollation))
    FROM pg_type WHERE typnamespace = (TABLE ours) AND typrelid = 0 AND typelem = 0
    """
}

extension PostgresError {
  /// Whether the error is due to a missing right or to a standby.
  fileprivate var forbidsMaking: Bool { state == .insufficientPrivilege || state == .readOnlyTransaction }
}
