/// What PostgreSQL, or the way to it, said no with.
package enum PostgresError: Error, Hashable, Sendable {
  /// No connection could be made. Nothing was sent.
  case noConnection(String)
  /// The connection broke. What was sent last may have been done or not.
  case connectionLost(String)
  /// The server refused a statement.
  case server(ServerError)
  /// An answer that is not what was asked for.
  case unexpected(String)
  /// The task was canceled before this was sent.
  case canceled
  /// Every connection of the pool was in use for longer than we wait.
  case poolExhausted
  case poolClosed

  package struct ServerError: Hashable, Sendable {
    package var state: SQLState
    /// The server's primary message, without the values that a data error would quote. The detail is left out, since it
    /// holds values.
    package var message: String
    package var constraint: String?
    package var table: String?
  }

  package var state: SQLState? {
    if case .server(let error) = self { error.state } else { nil }
  }

  /// Whether the connection must not be used again.
  package var breaksConnection: Bool {
    switch self {
    case .noConnection, .connectionLost, .unexpected, .canceled, .poolExhausted, .poolClosed: true
    case .server(let error):
      switch error.state.errorClass {
      case .connectionException, .systemError: true
      // A statement that was canceled leaves a good connection; every other intervention ends it.
      case .operatorIntervention: error.state != .queryCanceled
      // The primary has become a standby: another connection may find the new one.
      case .invalidTransactionState: error.state == .readOnlyTransaction
      default: error.state.isOfSession
      }
    }
  }
}

extension PostgresError {
  /// Whether a server said no: there is one, and it answers. libpq passes on what a server says to a new connection as
  /// text only, with its severity first.
  var isRefusal: Bool {
    switch self {
    case .server: true
    case .noConnection(let why): why.contains("FATAL:")
    case .connectionLost, .unexpected, .canceled, .poolExhausted, .poolClosed: false
    }
  }
}

extension SQLState {
  /// Whether a fresh session may succeed where this one failed. Its prepared statements were made for tables that have
  /// changed since, or are not there any more, or it was given settings that are not ours.
  package var isOfSession: Bool {
    switch self {
    case .featureNotSupported, .invalidStatementName, .protocolViolation: true
    case .insufficientPrivilege: false
    default: errorClass == .accessRuleViolation
    }
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noConnection(let why): "no connection: \(why)"
    case .connectionLost(let why): "the connection was lost: \(why)"
    case .server(let error): "\(error.message) (SQLSTATE \(error.state.rawValue))"
    case .canceled: "canceled before it was sent"
    case .unexpected(let what): "an answer that was not expected: \(what)"
    case .poolExhausted: "all connections are in use"
    case .poolClosed: "the connections are closed"
    }
  }
}
