import CLibpq
import Foundation

/// A libpq connection. Every call blocks until it is done, so it lives on a queue of its own (`PostgresConnection`) and
/// never leaves it.
///
/// It is in pipeline mode: statements are sent without waiting and answered together, so that many of them cost one
/// round trip.
package final class PostgresWire {
  private let handle: OpaquePointer
  /// Statements this connection has prepared, by name.
  private var prepared: Set<String> = []
  /// What was sent and is not yet answered, in order.
  private var underWay: [Sent] = []
  /// The server has said something after which this connection is of no more use.
  private var isSpoilt = false

  private enum Sent {
    case preparation(String)
    case query
  }

  /// Connects. libpq tries each host of the address in turn.
  ///
  /// - Throws: `PostgresError.noConnection`.
  init(_ address: PostgresAddress) throws(PostgresError) {
    // What stands later in the list wins, so the address may say otherwise.
    let defaults = [("connect_timeout", "5"), ("fallback_application_name", "paidonce"), ("client_encoding", "UTF8")]
    let options = defaults + [("dbname", address.text)]
    let keywords = options.map(\.0).map { strdup($0) }
    let values = options.map(\.1).map { strdup($0) }
    defer { (keywords + values).forEach { free($0) } }
    let connected = PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let connected else { throw .noConnection("out of memory") }
    handle = connected
    guard PQstatus(connected) == CONNECTION_OK else {
      // `deinit` closes what there is of it.
      throw .noConnection(Self.message(of: connected))
    }
    // The server's notices are not for the user's terminal.
    PQsetNoticeProcessor(connected, { _, _ in }, nil)
    PQenterPipelineMode(connected)
  }

  deinit {
    PQfinish(handle)
  }

  /// Whether it can be used no more.
  package var isBroken: Bool { PQstatus(handle) != CONNECTION_OK || isSpoilt }

  /// Whether whoever used it last has left it as it was.
  var isAtRest: Bool { underWay.isEmpty && PQtransactionStatus(handle) == PQTRANS_IDLE }

  func cancellation() -> PostgresCancellation? { PQgetCancel(handle).map(PostgresCancellation.init) }

  // MARK: Pipeline

  /// Sends a statement without waiting for its answer, prepared once per connection under its name.
  ///
  /// - Throws: `PostgresError.connectionLost`.
  package func send(_ name: String, _ sql: String, _ arguments: PostgresArguments) throws(PostgresError) {
    if prepared.insert(name).inserted {
      try sent(PQsendPrepare(handle, name, sql, 0, nil), .preparation(name))
    }
    let accepted = arguments.bytes.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = arguments.offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
      let formats = [Int32](repeating: 1, count: arguments.count)
      return PQsendQueryPrepared(handle, name, Int32(arguments.count), pointers, arguments.lengths, formats, 1)
    }
    try sent(accepted, .query)
  }

  private func sent(_ accepted: Int32, _ what: Sent) throws(PostgresError) {
    guard accepted == 1 else { throw .connectionLost(Self.message(of: handle)) }
    underWay.append(what)
  }

  /// Waits for the answers to all that was sent, in order.
  ///
  /// - Throws: `PipelineFailure` for the first statement that failed; those after it were not run.
  package func answers() throws(PipelineFailure) -> [PostgresResult] {
    guard !underWay.isEmpty else { return [] }
    let expected = underWay
    underWay = []
    guard PQpipelineSync(handle) == 1 else { throw lost() }
    var results: [PostgresResult] = []
    var failure: PipelineFailure?
    for sent in expected {
      let result = PostgresResult.next(from: handle)
      switch (sent, result) {
      case (.query, .some(.success(let result))): results.append(result)
      case (.preparation, .some(.success)): break
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
      while let rest = PQgetResult(handle) { PQclear(rest) }
    }
    guard let sync = PQgetResult(handle) else { throw lost(after: results.count) }
    PQclear(sync)
    if let failure { throw failure }
    return results
  }

  private func lost(after position: Int = 0) -> PipelineFailure {
    PipelineFailure(position: position, error: .connectionLost(Self.message(of: handle)))
  }

  // MARK: Without a pipeline

  /// Runs SQL text that may hold several statements and has no arguments.
  ///
  /// - Throws: `PostgresError`.
  package func execute(script: String) throws(PostgresError) {
    guard PQexitPipelineMode(handle) == 1 else { throw .connectionLost(Self.message(of: handle)) }
    defer { PQenterPipelineMode(handle) }
    guard let answer = PQexec(handle, script) else { throw .connectionLost(Self.message(of: handle)) }
    if let failure = PostgresResult.failure(in: answer) {
      PQclear(answer)
      if failure.breaksConnection { isSpoilt = true }
      throw failure
    }
    PQclear(answer)
  }

  /// The name as it has to be written in SQL.
  package func quoted(identifier: String) -> String {
    guard let text = PQescapeIdentifier(handle, identifier, identifier.utf8.count) else { return "\"\"" }
    defer { PQfreemem(text) }
    return String(cString: text)
  }

  // MARK: Notifications

  /// Waits for what the server sends by itself, and says whether a notification was among it.
  ///
  /// - Throws: `PostgresError.connectionLost`.
  func awaitNotification(upTo duration: Duration) throws(PostgresError) -> Bool {
    var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
    _ = poll(&descriptor, 1, Int32(duration / .milliseconds(1)))
    guard PQconsumeInput(handle) == 1 else { throw .connectionLost(Self.message(of: handle)) }
    var hasSome = false
    while let notification = PQnotifies(handle) {
      PQfreemem(notification)
      hasSome = true
    }
    return hasSome
  }

  fileprivate static func message(of handle: OpaquePointer) -> String {
    PQerrorMessage(handle).map { String(cString: $0).trimmed } ?? "no reason given"
  }
}

/// The first failure of a pipeline. What came before `position` succeeded, what came after it was not run.
package struct PipelineFailure: Error, Sendable {
  package let position: Int
  package let error: PostgresError
}

extension PostgresResult {
  /// The next statement's answer; nil where the server skipped it.
  fileprivate static func next(from connection: OpaquePointer) -> Result<PostgresResult, PostgresError>? {
    guard let answer = PQgetResult(connection) else {
      return .failure(.connectionLost(PostgresWire.message(of: connection)))
    }
    if PQresultStatus(answer) == PGRES_PIPELINE_ABORTED {
      PQclear(answer)
      return nil
    }
    if let failure = failure(in: answer) {
      PQclear(answer)
      return .failure(failure)
    }
    return .success(PostgresResult(taking: answer))
  }

  fileprivate static func failure(in answer: OpaquePointer) -> PostgresError? {
    switch PQresultStatus(answer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return nil
    default: break
    }
    func field(_ code: Character) -> String? {
      code.asciiValue.flatMap { PQresultErrorField(answer, Int32($0)) }.map { String(cString: $0) }
    }
    guard let state = field("C") else {
      return .connectionLost(PQresultErrorMessage(answer).map { String(cString: $0).trimmed } ?? "no reason given")
    }
    let code = SQLState(rawValue: state)
    // The messages of data errors quote the value.
    let message = code.errorClass == .dataException ? code.dataFault : field("M") ?? "no reason given"
    return .server(
      PostgresError.ServerError(state: code, message: message, constraint: field("n"), table: field("t")))
  }
}
