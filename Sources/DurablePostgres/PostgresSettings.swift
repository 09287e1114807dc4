import DurableSQL
import PostgresDriver

/// The settings of a transaction. They apply to the transaction only, since the session may serve another one next.
struct PostgresSettings: Sendable {
  /// The PostgreSQL schema that contains our tables.
  private let schema: String
  let staleSessions: StaleSessions
  private let patience: String

  /// Sets what the transaction needs, and returns its number if it may write, its time, and the start time of this
  /// server, which identifies its current run.
  ///
  /// A commit is on the server's disk before it returns, even if the server is configured to be less strict, because
  /// money depends on it. A server that runs a statement checks every two seconds whether its client is still
  /// connected.
  ///
  private static let opening = """
    CAST(extract(epoch FROM now()) * 1000000 AS BIGINT), \
    CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS BIGINT), \
    set_config('search_path', quote_ident($1::text), true), set_config('lock_timeout', $2::text, true), \
    set_config('idle_in_transaction_session_timeout', $2::text, true), \
    set_config('statement_timeout', '60s', true), \
    set_config('client_connection_check_interval', '2s', true), \
    CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END
    """
  private static let reading = "SELECT CAST(NULL AS BIGINT), \(opening)"
  /// A writing transaction looks rows up by an index, one after another. The planner may not know how large a table has
  /// become, and then prefers to read it whole, or all of an index to join it. A session keeps such a plan while the table
  /// grows, and a serializable transaction with it conflicts with everybody who writes to the table. Other plans cost so
  /// much under these settings that the server would otherwise compile them.
  private static let writing = """
    SELECT txid_current(), \(opening), set_config('enable_seqscan', 'off', true), \
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), \
    set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true), \
    pg_advisory_xact_lock_shared(hashtextextended($3::text, 7))
    """

  /// - Parameter patience: how long a session waits for a lock, and how long the server waits for the next statement. A
  ///   client that is silent for half as long in the middle of a statement is not coming back, since a statement is
  ///   sent all at once.
  init(schema: String, patience: Duration) {
    self.schema = schema
    staleSessions = StaleSessions(mark: PostgresMark(schema: schema), after: patience / 2)
    self.patience = "\(Int64(patience / .milliseconds(1)))ms"
  }

  /// Queues the statement that opens a transaction.
  ///
  /// - Parameter marking: whether the session takes the store's mark, so that others can end it if it holds them up.
  func send(to wire: PostgresWire, marking: Bool) throws(PostgresError) {
    var values = PostgresArguments()
    values.append(text: schema)
    values.append(text: patience)
    guard marking else { return try wire.send("begin.reading", Self.reading, values) }
    values.append(text: staleSessions.mark.text)
    try wire.send("begin.writing", Self.writing, values)
  }
}

enum PostgresSecret {
  /// Returns the secret with which a cache seals its content.
  ///
  /// - Throws: `PostgresError`.
  static func cache(_ wire: PostgresWire) throws -> [UInt8] {
    var name = PostgresArguments()
    name.append(text: "cache")
    var secret = name
    secret.append(bytes: Secret.newBytes())
    try wire.send(Secret.make.name, Secret.make.postgres, secret)
    try wire.send(Secret.find.name, Secret.find.postgres, name)
    guard let row = try wire.answers().last?.row(0) else { throw PostgresError.unexpected("no secret") }
    return try row.bytes(0)
  }
}
