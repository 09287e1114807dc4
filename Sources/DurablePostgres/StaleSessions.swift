import Foundation
import Logging
import PostgresDriver

/// A session of this store that blocked others while silent, and was ended.
struct EndedSession: Sendable {
  let process: Int64
  let application: String
  let client: String
  let state: String
  let silentSeconds: Int64
}

/// Ends sessions of this store that hold locks and whose clients are silent because they are frozen or disconnected.
///
/// The server itself ends a session that is idle in a transaction. It cannot distinguish a client that stopped in the
/// middle of sending from one that is about to send the rest. A worker that has waited for a lock for as long as a
/// lease looks for such sessions.
///
/// A session belongs to this store if it holds the store's mark, a shared advisory lock that every writing transaction
/// takes first. Therefore no other session is ever ended, whatever its name.
struct StaleSessions: Sendable {
  let mark: PostgresMark
  /// The length of silence after which a session is stale.
  let after: Duration

  /// Finds sessions in which the server waits for the client to read, or to send the rest. A session that runs a
  /// statement or waits for a lock is not stale, however long it takes: the server has timeouts for those cases, and
  /// for an idle one.
  private static let end = """
    WITH stale AS MATERIALIZED (
      SELECT session.pid, application_name, coalesce(client_addr::text, 'local') AS client,
        concat_ws('/', state, wait_event) AS doing,
        CAST(extract(epoch FROM clock_timestamp() - state_change) AS bigint) AS seconds
      FROM pg_stat_activity AS session JOIN pg_locks AS held ON held.pid = session.pid
      WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
        AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (held.classid::bigint << 32 | held.objid::bigint) = hashtextextended($1::text, 7)
        AND session.pid <> pg_backend_pid() AND session.usename = current_user
        AND state = 'active' AND wait_event_type = 'Client'
        AND state_change < clock_timestamp() - CAST($2::bigint AS double precision) * interval '1 millisecond')
    SELECT pid::bigint, application_name, client, doing, seconds FROM stale WHERE pg_terminate_backend(pid, 2000)
    """

  /// - Throws: `PostgresError`.
  func end(_ wire: PostgresWire) throws -> [EndedSession] {
    var arguments = PostgresArguments()
    arguments.append(text: mark.text)
    arguments.append(integer: Int64(after / .milliseconds(1)))
    try wire.send("sessions.end", Self.end, arguments)
    guard let rows = try wire.answers().last else { return [] }
    return try (0..<rows.rowCount).map { index in
      let row = rows.row(index)
      return EndedSession(
        process: try row.integer(0), application: try row.text(1), client: try row.text(2), state: try row.text(3),
        silentSeconds: try row.integer(4))
    }
  }
}

/// The name of the lock that every writing transaction of one store holds, shared.
struct PostgresMark: Sendable {
  let text: String

  init(schema: String) {
    text = "\(schema).sessions"
  }
}

extension EndedSession: CustomStringConvertible {
  var description: String {
    "session \(process) of \(application) at \(client), silent for \(silentSeconds) s in a transaction (\(state))"
  }
}
