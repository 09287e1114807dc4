/// An error from PostgreSQL, or from the connection to it.
package enum PostgresError: Error, Hashable, Sendable {
  /// No connection could be made. Nothing was sent.
  case noConnection(String)
  /// The connection broke. The last statements sent may or may not have been executed.
  case connectionLost(String)
  /// The server refused a statement.
  case server(ServerError)
  /// An answer does not match the request.
  case unexpected(String)
  /// The task was canceled before the statement was sent.
  case canceled
  /// Every connection of the pool was in use for longer than the limit.
  case poolExhausted
  case poolClosed

  package struct ServerError: Hashable, Sendable {
    package var state: SQLState
    /// The server's primary message, without the values that a data error would quote. The detail is omitted, since it
    /// contains values.
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
      // A canceled statement leaves a good connection; every other intervention ends it.
      case .operatorIntervention: error.state != .queryCanceled
      // The primary has become a standby; another connection may find the new primary.
      case .invalidTransactionState: error.state == .readOnlyTransaction
      default: error.state.isOfSession
      }
    }
  }
}

extension PostgresError {
  /// Whether a server refused, so that it exists and answers. For a new connection, libpq passes on the server's error
  /// only as text, with its severity first.
  var isRefusal: Bool {
    switch self {
    case .server: true
    case .noConnection(let why): why.contains("FATAL:")
    case .connectionLost, .unexpected, .canceled, .poolExhausted, .poolClosed: false
    }
  }
}

extension SQLState {
  /// Whether a fresh session may succeed where this one failed: its prepared statements no longer exist, or were made
  /// for tables that have since changed, or it has settings that are not ours.
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

/// PostgreSQL's five-character error codes (PostgreSQL manual, appendix A). The first two characters are the class.
package struct SQLState: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package static let serializationFailure = SQLState(rawValue: "40001")
  package static let deadlockDetected = SQLState(rawValue: "40P01")
  package static let uniqueViolation = SQLState(rawValue: "23505")
  package static let queryCanceled = SQLState(rawValue: "57014")
  package static let lockNotAvailable = SQLState(rawValue: "55P03")
  package static let diskFull = SQLState(rawValue: "53100")
  package static let readOnlyTransaction = SQLState(rawValue: "25006")
  package static let insufficientPrivilege = SQLState(rawValue: "42501")
  package static let featureNotSupported = SQLState(rawValue: "0A000")
  package static let protocolViolation = SQLState(rawValue: "08P01")
  package static let invalidStatementName = SQLState(rawValue: "26000")
  package static let duplicateStatementName = SQLState(rawValue: "42P05")
  package static let stringTooLong = SQLState(rawValue: "22001")
  package static let numberOutOfRange = SQLState(rawValue: "22003")
  package static let characterNotInRepertoire = SQLState(rawValue: "22021")
  package static let untranslatableCharacter = SQLState(rawValue: "22P05")
  /// A value exceeds a limit, such as an index entry that is larger than a page can hold.
  package static let programLimitExceeded = SQLState(rawValue: "54000")

  /// The first two characters.
  package var errorClass: Class? { Class(rawValue: String(rawValue.prefix(2))) }

  package enum Class: String, Sendable {
    case connectionException = "08"
    case dataException = "22"
    case integrityConstraintViolation = "23"
    case invalidTransactionState = "25"
    case invalidAuthorization = "28"
    case invalidCatalogName = "3D"
    case transactionRollback = "40"
    case accessRuleViolation = "42"
    case checkOptionViolation = "44"
    case insufficientResources = "53"
    case operatorIntervention = "57"
    case systemError = "58"
    case internalError = "XX"
  }
}

extension SQLState {
  /// Describes a data error (class 22) without naming a value.
  package var dataFault: String {
    switch self {
    case .stringTooLong: "a text that is too long"
    case .numberOutOfRange: "a number that is out of range"
    case .characterNotInRepertoire, .untranslatableCharacter: "a text with a character that it does not know"
    case .programLimitExceeded: "a value that is too large"
    default: "a value of this kind"
    }
  }
}
