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
  /// Every connection of the pool was in use for longer than we wait.
  case poolExhausted
  case poolClosed

  package struct ServerError: Hashable, Sendable {
    package var state: SQLState
    /// The primary message. PostgreSQL puts values into the detail only, which is left out here.
    package var message: String
    package var constraint: String?
    package var table: String?
  }

  package var state: SQLState? {
    if case .server(let error) = self { error.state } else { nil }
  }

  /// Whether the connection may be used again.
  package var breaksConnection: Bool {
    switch self {
    case .noConnection, .connectionLost, .unexpected, .poolExhausted, .poolClosed: true
    case .server(let error):
      switch error.state.errorClass {
      case .connectionException, .systemError: true
      // A statement that was cancelled leaves a good connection; every other intervention ends it.
      case .operatorIntervention: error.state != .queryCanceled
      // The primary has become a standby: another connection may find the new one.
      case .invalidTransactionState: error.state == .readOnlyTransaction
      default: false
      }
    }
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noConnection(let why): "no connection: \(why)"
    case .connectionLost(let why): "the connection was lost: \(why)"
    case .server(let error): "\(error.message) (SQLSTATE \(error.state.rawValue))"
    case .unexpected(let what): "an answer that was not expected: \(what)"
    case .poolExhausted: "all connections are in use"
    case .poolClosed: "the connections are closed"
    }
  }
}
