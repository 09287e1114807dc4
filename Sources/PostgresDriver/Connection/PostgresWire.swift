import CLibpq
import Foundation

/// A libpq connection. Every call blocks until it is done, so the connection is confined to its own queue
/// (`PostgresConnection`).
///
/// The connection is in pipeline mode: statements are sent without waiting and answered together, so that many of them
/// cost one round trip. Nothing is sent before the answers are requested. The statements are then sent in groups that
/// end with a Sync and fit into one write. A process that stops at any moment leaves the server with whole groups, so
/// that the server knows that the session is idle in a transaction, and ends it in time. Half a group would hold its
/// locks forever.
///
/// No wait is endless either: if the server is silent, it is asked over another connection what this session is doing
/// (`PostgresLiveness`).
package final class PostgresWire {
  let handle: OpaquePointer
  /// The connection options, in libpq's terms.
  private let options: [(String, String)]
  /// The server process that serves this session. It differs from the one libpq knows if there is a pooler in between.
  package private(set) var serverProcess: Int64 = 0
  /// Cancels the running statement from another thread.
  let cancellation: PostgresCancellation
  /// Tracks how long the server has been silent.
  var silence: Silence

  /// The names of the statements that this connection has prepared.
  private var prepared: Set<String> = []
  /// The statements to send when the answers are requested, in order.
  private var outgoing: [Outgoing] = []
  /// Whether the server has reported an error that makes this connection unusable.
  private var isSpoilt = false

  private struct Outgoing {
    let name: String
    let sql: String
    let arguments: PostgresArguments
  }

  /// The message that an answer belongs to.
  private enum Sent {
    case preparation(String)
    case query
    case sync
  }

  /// Connects. libpq tries each host of the address in turn.
  ///
  /// - Parameter silence: how long the server may be silent after it is connected.
  /// - Throws: `PostgresError.noConnection`.
  package convenience init(_ address: PostgresAddress, silence: Silence.Limits = .standard) throws(PostgresError) {
    try self.init([("dbname", address.text)], silence)
  }

  /// Connects to the same host as another connection, with the same user and database.
  ///
  /// - Throws: `PostgresError.noConnection`.
  convenience init(sameHostAs other: PostgresWire, patience: Duration) throws(PostgresError) {
    func text(_ value: UnsafeMutablePointer<CChar>?) -> String { value.map { String(cString: $0) } ?? "" }
    // libpq treats an empty value as absent.
    let place = [
      ("host", text(PQhost(other.handle))), ("hostaddr", text(PQhostaddr(other.handle))),
      ("port", text(PQport(other.handle))), ("target_session_attrs", "any"),
      ("connect_timeout", "\(patience.components.seconds)"),
    ]
    try self.init(other.options + place, Silence.Limits(untilAsked: nil, atMost: patience))
  }

  private init(_ options: [(String, String)], _ silence: Silence.Limits) throws(PostgresError) {
    self.options = options
    handle = try Self.connect(options)
    cancellation = PostgresCancellation(handle)
    self.silence = Silence(.untilConnected)
    guard PQstatus(handle) == CONNECTION_OK else {
      // `deinit` closes the partial connection.
      throw .noConnection(Self.message(of: handle))
    }
    // The server's notices must not reach the user's terminal.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    PQsetnonblocking(handle, 1)
    do {
      serverProcess = try askForProcess()
      try watchClient()
    } catch {
      throw .noConnection("\(error.error)")
    }
    PQenterPipelineMode(handle)
    self.silence = Silence(silence)
  }

  deinit {
    PQfinish(handle)
  }

  /// Makes the server, too, drop a connection whose other end does not answer. Behind a pooler the session is shared,
  /// and the settings would remain for other clients.
  private func watchClient() throws(PipelineFailure) {
    guard !isBehindPooler else { return }
    let script = """
      SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
      SET tcp_user_timeout = 10000
      """
    try running { () throws(PipelineFailure) in try ask(script) }
  }

  /// Asks without a prepared statement, which would remain if a pooler shares one session among many clients.
  private func askForProcess() throws(PipelineFailure) -> Int64 {
    try running { () throws(PipelineFailure) in
      guard PQsendQuery(handle, "SELECT pg_backend_pid()") == 1 else { throw lost() }
      var process: Int64?
      while let answer = try nextAnswer(after: 0) {
        if PQntuples(answer) == 1, let text = PQgetvalue(answer, 0, 0) { process = Int64(String(cString: text)) }
        PQclear(answer)
      }
      guard let process else { throw lost() }
      return process
    }
  }

  private static func connect(_ options: [(String, String)]) throws(PostgresError) -> OpaquePointer {
    // Later entries in the list take precedence, so the address can override these. Over TCP, the kernel drops a
    // connection whose other end does not answer: after 11 s if it is idle, after 10 s if bytes are in transit.
    let defaults = [
      ("connect_timeout", "5"), ("fallback_application_name", "paidonce"), ("client_encoding", "UTF8"),
      ("keepalives", "1"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "10000"),
    ]
    let all = defaults + options
    let keywords = all.map { strdup($0.0) }
    let values = all.map { strdup($0.1) }
    defer { for text in keywords + values { free(text) } }
    let connected = PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let connected else { throw .noConnection("out of memory") }
    return connected
  }

  /// Whether the connection is unusable.
  package var isBroken: Bool { PQstatus(handle) != CONNECTION_OK || isSpoilt }

  /// Whether the last user has left the connection as it was.
  var isAtRest: Bool { outgoing.isEmpty && PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// Whether the server process of this session is not the process that libpq has connected to.
  package var isBehindPooler: Bool { Int64(PQbackendPID(handle)) != serverProcess }

  /// The number of statements that are queued.
  package var queuedCount: Int { outgoing.count }

  // MARK: Pipeline

  /// Queues a statement to send when the answers are requested. It is prepared once per connection under its name.
  ///
  /// - Throws: `PostgresError.connectionLost`.
  package func send(_ name: String, _ sql: String, _ arguments: PostgresArguments) throws(PostgresError) {
    guard PQstatus(handle) == CONNECTION_OK else { throw .connectionLost(Self.message(of: handle)) }
    outgoing.append(Outgoing(name: name, sql: sql, arguments: arguments))
  }

  /// Sends the queued statements, and returns their answers in order.
  ///
  /// - Throws: `PipelineFailure` for the first statement that failed. The statements after it in its group were not
  ///   run; in a transaction, those of later groups were not run either, since the transaction has failed.
  package func answers() throws(PipelineFailure) -> [PostgresResult] {
    guard !outgoing.isEmpty else { return [] }
    let statements = outgoing
    outgoing = []
    do {
      return try running { () throws(PipelineFailure) in try receive(try transmit(statements)) }
    } catch {
      if error.error.breaksConnection { isSpoilt = true }
      throw error
    }
  }

  private func transmit(_ statements: [Outgoing]) throws(PipelineFailure) -> [Sent] {
    var sent: [Sent] = []
    var groupSize = 0
    try awaitRoom()
    for statement in statements {
      let isNew = prepared.insert(statement.name).inserted
      let size = WireSize.of(statement.name, isNew ? statement.sql : nil, statement.arguments)
      if groupSize > 0, groupSize + size > WireSize.group {
        try accepted(PQpipelineSync(handle))
        sent.append(.sync)
        groupSize = 0
        try awaitRoom()
      }
      groupSize += size
      if isNew {
        try accepted(PQsendPrepare(handle, statement.name, statement.sql, 0, nil))
        sent.append(.preparation(statement.name))
      }
      try accepted(query(statement))
      sent.append(.query)
    }
    try accepted(PQpipelineSync(handle))
    return sent + [.sync]
  }

  private func query(_ statement: Outgoing) -> Int32 {
    let arguments = statement.arguments
    return arguments.bytes.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = arguments.offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
      let formats = [Int32](repeating: 1, count: arguments.count)
      return PQsendQueryPrepared(
        handle, statement.name, Int32(arguments.count), pointers, arguments.lengths, formats, 1)
    }
  }

  private func accepted(_ answer: Int32) throws(PipelineFailure) {
    guard answer == 1 else { throw lost() }
  }

  private func receive(_ expected: [Sent]) throws(PipelineFailure) -> [PostgresResult] {
    var results: [PostgresResult] = []
    var failure: PipelineFailure?
    for sent in expected {
      guard let answer = try nextAnswer(after: results.count) else { throw lost(after: results.count) }
      if case .sync = sent {
        PQclear(answer)
        continue
      }
      switch (sent, PostgresResult.reading(answer)) {
      case (.query, .some(.success(let result))): if failure == nil { results.append(result) }
      case (_, .some(.success)): break
      case (_, .some(.failure(let error))):
        failure = failure ?? PipelineFailure(position: results.count, error: error)
        if error.breaksConnection { isSpoilt = true }
        if case .preparation(let name) = sent { prepared.remove(name) }
      case (_, .none):
        // The server skipped the statement, since an earlier one failed.
        if case .preparation(let name) = sent { prepared.remove(name) }
      }
      if PQstatus(handle) != CONNECTION_OK { throw lost(after: results.count) }
      // The answers to each statement end with a nil result.
      while let rest = try nextAnswer(after: results.count) { PQclear(rest) }
    }
    if let failure { throw failure }
    return results
  }

  func lost(after position: Int = 0) -> PipelineFailure {
    PipelineFailure(position: position, error: .connectionLost(Self.message(of: handle)))
  }

  // MARK: Without a pipeline

  /// Runs SQL text that may contain several statements and has no arguments.
  ///
  /// - Throws: `PostgresError`.
  package func execute(script: String) throws(PostgresError) {
    guard PQexitPipelineMode(handle) == 1 else { throw .connectionLost(Self.message(of: handle)) }
    defer { PQenterPipelineMode(handle) }
    do {
      try running { () throws(PipelineFailure) in try ask(script) }
    } catch {
      if error.error.breaksConnection { isSpoilt = true }
      throw error.error
    }
  }

  private func ask(_ script: String) throws(PipelineFailure) {
    guard PQsendQuery(handle, script) == 1 else { throw lost() }
    var failure: PostgresError?
    while let answer = try nextAnswer(after: 0) {
      failure = failure ?? PostgresResult.failure(in: answer)
      PQclear(answer)
    }
    if let failure { throw PipelineFailure(position: 0, error: failure) }
  }

  /// Returns the name quoted for use in SQL.
  package func quoted(identifier: String) -> String {
    guard let text = PQescapeIdentifier(handle, identifier, identifier.utf8.count) else { return "\"\"" }
    defer { PQfreemem(text) }
    return String(cString: text)
  }

  static func message(of handle: OpaquePointer) -> String {
    PQerrorMessage(handle).map { String(cString: $0).trimmed } ?? "no reason given"
  }
}

/// The first failure of a pipeline. The statements before `position` succeeded; those after it were not run.
package struct PipelineFailure: Error, Sendable {
  package let position: Int
  package let error: PostgresError
}

/// Computes how many bytes a statement takes on the wire (PostgreSQL protocol 3.0, 55.7), to determine what fits into
/// one write.
private enum WireSize {
  /// The maximum size of a group. libpq writes its buffer as soon as it has 8,192 bytes.
  static let group = 8_000

  static func of(_ name: String, _ newText: String?, _ arguments: PostgresArguments) -> Int {
    let parse = newText.map { 16 + name.utf8.count + $0.utf8.count } ?? 0
    let bind = 24 + name.utf8.count + 6 * arguments.count + arguments.bytes.count
    let describeAndExecute = 24
    return parse + bind + describeAndExecute
  }
}
