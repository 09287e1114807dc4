import CLibpq
import Foundation

/// A libpq connection. Every call blocks until it is done, so it lives on a queue of its own (`PostgresConnection`) and
/// never leaves it.
///
/// It is in pipeline mode: statements are sent without waiting and answered together, so that many of them cost one
/// round trip. Nothing is sent before the answers are asked for. What is sent then goes out in groups that end with a
/// Sync and fit into one write: a process that is stopped at any moment leaves the server with whole groups, so that the
/// server knows the session is idle in a transaction, and ends it in time. Half a group would hold its locks for ever.
///
/// No wait is endless either: a server that is silent is asked, over another connection, what this session is doing
/// (`PostgresLiveness`).
package final class PostgresWire {
  let handle: OpaquePointer
  /// What it was connected with, in libpq's words.
  private let options: [(String, String)]
  /// The process of the server that serves this session; not what libpq knows where a pooler is between.
  package private(set) var serverProcess: Int64 = 0
  /// Who may cancel what is running, from another thread.
  let cancellation: PostgresCancellation
  /// How long the server may be silent.
  var silence: Silence

  /// Statements this connection has prepared, by name.
  private var prepared: Set<String> = []
  /// What is to be sent when the answers are asked for, in order.
  private var outgoing: [Outgoing] = []
  /// The server has said something after which this connection is of no more use.
  private var isSpoilt = false

  private struct Outgoing {
    let name: String
    let sql: String
    let arguments: PostgresArguments
  }

  /// What an answer is to.
  private enum Sent {
    case preparation(String)
    case query
    case sync
  }

  /// Connects. libpq tries each host of the address in turn.
  ///
  /// - Parameter silence: how long the server may be silent once it is connected.
  /// - Throws: `PostgresError.noConnection`.
  package convenience init(_ address: PostgresAddress, silence: Silence.Limits = .standard) throws(PostgresError) {
    try self.init([("dbname", address.text)], silence)
  }

  /// Connects to the host another connection is with, under the same name and database.
  ///
  /// - Throws: `PostgresError.noConnection`.
  convenience init(sameHostAs other: PostgresWire, patience: Duration) throws(PostgresError) {
    func text(_ value: UnsafeMutablePointer<CChar>?) -> String { value.map { String(cString: $0) } ?? "" }
    // An empty value is as good as none.
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
      // `deinit` closes what there is of it.
      throw .noConnection(Self.message(of: handle))
    }
    // The server's notices are not for the user's terminal.
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

  /// Has the server, too, give up a connection whose other end does not answer. Behind a pooler the session is not ours
  /// alone, and what was set would stay for others.
  private func watchClient() throws(PipelineFailure) {
    guard !isBehindPooler else { return }
    let script = """
      SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
      SET tcp_user_timeout = 10000
      """
    try running { () throws(PipelineFailure) in try ask(script) }
  }

  /// Without a prepared statement, which would stay where a pooler gives one session to many.
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
    // What stands later in the list wins, so the address may say otherwise. Over TCP the kernel gives up a connection
    // whose other end does not answer: one that is idle after 11 s, one with bytes under way after 10 s.
    let defaults = [
      ("connect_timeout", "5"), ("fallback_application_name", "paidonce"), ("client_encoding", "UTF8"),
      ("keepalives", "1"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "10000"),
    ]
    let all = defaults + options
    let keywords = all.map { strdup($0.0) }
    let values = all.map { strdup($0.1) }
    defer { (keywords + values).forEach { free($0) } }
    let connected = PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let connected else { throw .noConnection("out of memory") }
    return connected
  }

  /// Whether it can be used no more.
  package var isBroken: Bool { PQstatus(handle) != CONNECTION_OK || isSpoilt }

  /// Whether whoever used it last has left it as it was.
  var isAtRest: Bool { outgoing.isEmpty && PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// Whether what the server does for this session is done by the process libpq has connected to.
  package var isBehindPooler: Bool { Int64(PQbackendPID(handle)) != serverProcess }

  // MARK: Pipeline

  /// Notes a statement that is sent when the answers are asked for, prepared once per connection under its name.
  ///
  /// - Throws: `PostgresError.connectionLost`.
  package func send(_ name: String, _ sql: String, _ arguments: PostgresArguments) throws(PostgresError) {
    guard PQstatus(handle) == CONNECTION_OK else { throw .connectionLost(Self.message(of: handle)) }
    outgoing.append(Outgoing(name: name, sql: sql, arguments: arguments))
  }

  /// Sends what was noted, and waits for the answers, in order.
  ///
  /// - Throws: `PipelineFailure` for the first statement that failed. Those after it in its group were not run, and in a
  ///   transaction those of later groups were not either, since it has failed.
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
        // Skipped, since one before it failed.
        if case .preparation(let name) = sent { prepared.remove(name) }
      }
      if PQstatus(handle) != CONNECTION_OK { throw lost(after: results.count) }
      // Each statement's answers end with nothing.
      while let rest = try nextAnswer(after: results.count) { PQclear(rest) }
    }
    if let failure { throw failure }
    return results
  }

  func lost(after position: Int = 0) -> PipelineFailure {
    PipelineFailure(position: position, error: .connectionLost(Self.message(of: handle)))
  }

  // MARK: Without a pipeline

  /// Runs SQL text that may hold several statements and has no arguments.
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

  /// The name as it has to be written in SQL.
  package func quoted(identifier: String) -> String {
    guard let text = PQescapeIdentifier(handle, identifier, identifier.utf8.count) else { return "\"\"" }
    defer { PQfreemem(text) }
    return String(cString: text)
  }

  static func message(of handle: OpaquePointer) -> String {
    PQerrorMessage(handle).map { String(cString: $0).trimmed } ?? "no reason given"
  }
}

/// The first failure of a pipeline. What came before `position` succeeded, what came after it was not run.
package struct PipelineFailure: Error, Sendable {
  package let position: Int
  package let error: PostgresError
}

/// How many bytes a statement takes on the wire (PostgreSQL protocol 3.0, 55.7), to see what fits into one write.
private enum WireSize {
  /// libpq writes out what it has as soon as it has 8,192 bytes.
  static let group = 8_000

  static func of(_ name: String, _ newText: String?, _ arguments: PostgresArguments) -> Int {
    let parse = newText.map { 16 + name.utf8.count + $0.utf8.count } ?? 0
    let bind = 24 + name.utf8.count + 6 * arguments.count + arguments.bytes.count
    let describeAndExecute = 24
    return parse + bind + describeAndExecute
  }
}
