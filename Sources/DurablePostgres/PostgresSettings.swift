import PostgresDriver

/// What a transaction is run under. All of it is set for the transaction only: a session may be another's next.
struct PostgresSettings: Sendable {
  /// The PostgreSQL schema our tables are in.
  private let schema: String
  let staleSessions: StaleSessions
  private let patience: String

  /// A commit is on the server's disk before it returns, also where the server is set to be less exact: money moves on it.
  /// A server that runs a statement looks every two seconds whether its client is still there.
  private static let set = """
    SELECT set_config('search_path', quote_ident($1::text), true), set_config('lock_timeout', $2::text, true), \
    set_config('idle_in_transaction_session_timeout', $2::text, true), \
    set_config('statement_timeout', '60s', true), \
    set_config('client_connection_check_interval', '2s', true), \
    CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END
    """
  private static let mark = "SELECT pg_advisory_xact_lock_shared(hashtextextended($1::text, 7))"

  /// - Parameter patience: how long others wait for a lock, and the server for the next statement. Whoever says nothing
  ///   for half as long in the middle of one is not coming back: all of it is sent at once.
  init(schema: String, patience: Duration) {
    self.schema = schema
    staleSessions = StaleSessions(mark: PostgresMark(schema: schema), after: patience / 2)
    self.patience = "\(Int64(patience / .milliseconds(1)))ms"
  }

  func send(to wire: PostgresWire, marking: Bool) throws(PostgresError) {
    var values = PostgresArguments()
    values.append(text: schema)
    values.append(text: patience)
    try wire.send("begin.settings", Self.set, values)
    guard marking else { return }
    var name = PostgresArguments()
    name.append(text: staleSessions.mark.text)
    try wire.send("begin.mark", Self.mark, name)
  }
}

/// Secrets that all who use a store share, made by the first who asks.
enum PostgresSecret {
  private static let byteCount = 32
  private static let make = "INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
  private static let find = "SELECT bytes FROM secrets WHERE name = $1"

  /// What a cache before the store seals its content with.
  ///
  /// - Throws: `PostgresError`.
  static func cache(_ wire: PostgresWire) throws -> [UInt8] {
    var name = PostgresArguments()
    name.append(text: "cache")
    var secret = name
    // From the system's generator, which is fit for keys.
    secret.append(bytes: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max) })
    try wire.send("secrets.make", make, secret)
    try wire.send("secrets.find", find, name)
    guard let row = try wire.answers().last?.row(0) else { throw PostgresError.unexpected("no secret") }
    return try row.bytes(0)
  }
}
