import DurableExecution
import Foundation
import GRDB
import TestSupport
import Testing

extension StorePlace {
  /// Runs SQL without constraints and triggers. The test fails if nothing was changed.
  func damage(_ sql: String) async throws {
    switch self {
    case .file(let path): try Self.damage(path, sql)
    case .schema(let place): try await place.run(Self.postgres(sql))
    }
  }

  private static func damage(_ file: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: file)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      for function in [bytes, swapped, digest] { database.add(function: function) }
      let triggers = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(sql: "DROP INDEX IF EXISTS one_standing_payment")
      let before = database.totalChangesCount
      try database.execute(sql: sql)
      #expect(database.totalChangesCount > before, "the SQL changed no rows")
    }
  }

  private static let bytes = DatabaseFunction("bytes", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map { Data($0.utf8) }
  }

  private static let swapped = DatabaseFunction("swapped", argumentCount: 3, pure: true) { values in
    guard let bytes = Data.fromDatabaseValue(values[0]), let this = String.fromDatabaseValue(values[1]),
      let that = String.fromDatabaseValue(values[2])
    else { return nil }
    return Data(String(decoding: bytes, as: UTF8.self).replacing(this, with: that).utf8)
  }

  /// For damage that also changes the digest to match.
  private static let digest = DatabaseFunction("digest", argumentCount: 1, pure: true) { values in
    Data.fromDatabaseValue(values[0]).map { ContentDigest.sha256($0) }
  }

  /// Wraps SQL so that it bypasses all protection: a session in the replica role skips triggers and foreign keys, and
  /// the other constraints are dropped.
  private static func postgres(_ sql: String) -> String {
    """
    SET session_replication_role = replica;
    CREATE FUNCTION bytes(content TEXT) RETURNS BYTEA LANGUAGE sql RETURN convert_to(content, 'UTF8');
    CREATE FUNCTION swapped(content BYTEA, this TEXT, that TEXT) RETURNS BYTEA LANGUAGE sql
      RETURN convert_to(replace(convert_from(content, 'UTF8'), this, that), 'UTF8');
    CREATE FUNCTION digest(content BYTEA) RETURNS TEXT LANGUAGE sql RETURN encode(sha256(content), 'hex');
    DROP INDEX one_standing_payment;
    DO $do$
    DECLARE
      item RECORD;
      spoilt BIGINT;
    BEGIN
      FOR item IN SELECT conname, conrelid::regclass AS place FROM pg_constraint
        WHERE contype = 'c' AND connamespace = current_schema()::regnamespace AND conrelid <> 0
      LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', item.place, item.conname);
      END LOOP;
      \(sql);
      GET DIAGNOSTICS spoilt = ROW_COUNT;
      IF spoilt = 0 THEN RAISE EXCEPTION 'the damage was not done'; END IF;
    END $do$
    """
  }
}
