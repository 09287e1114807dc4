import DurableExecution
import PostgresDriver

/// Maps PostgreSQL's errors to store failures. Messages are the server's primary ones, which contain no values.
enum PostgresFailure {
  static func storeFailure(_ error: PostgresError, at address: PostgresAddress) -> StoreFailure {
    switch error {
    case .noConnection(let why):
      .unreachable("\(address): \(why)")
    case .connectionLost(let why):
      .unreachable("\(address): the connection was lost (\(why))")
    case .unexpected(let what):
      .corrupt("\(address) gave \(what)")
    case .canceled: .busy("a canceled task sends nothing to \(address)")
    case .poolExhausted: .busy("all connections to \(address) are in use")
    case .poolClosed: .unreachable("\(address): the store is closed")
    case .server(let server): storeFailure(server, at: address)
    }
  }

  private static func storeFailure(_ error: PostgresError.ServerError, at address: PostgresAddress) -> StoreFailure {
    let said = "\(error.message) (SQLSTATE \(error.state.rawValue))"
    switch error.state {
    case .diskFull: return .unwritable("no space left on the disk of \(address)")
    case .readOnlyTransaction: return .unwritable("\(address) is a standby; name the primary too")
    case .insufficientPrivilege: return .unwritable("\(address): \(error.message); ask for the right to write there")
    case .queryCanceled, .lockNotAvailable: return .busy("\(address) took too long")
    case .invalidStatementName, .duplicateStatementName, .protocolViolation:
      return .failed("\(address): \(said); a pooler before it has to be in session mode")
    case .programLimitExceeded: return .data("\(error.state.dataFault) (SQLSTATE \(error.state.rawValue))")
    default: break
    }
    return switch error.state.errorClass {
    case .dataException: .data("\(error.state.dataFault) (SQLSTATE \(error.state.rawValue))")
    case .integrityConstraintViolation, .checkOptionViolation:
      .constraint(error.constraint ?? error.table ?? error.message)
    case .transactionRollback: .busy("other transactions at \(address) were in the way")
    case .internalError: .corrupt("\(address): \(error.message)")
    case .connectionException, .operatorIntervention:
      .unreachable("\(address): the server ended the connection: \(said)")
    default: .failed("\(address): \(said)")
    }
  }
}

extension PostgresError {
  /// Whether a concurrent twin was faster. The only remedy is to begin again and see what the twin did.
  var isConflict: Bool {
    switch state {
    case .serializationFailure?, .deadlockDetected?: true
    // A twin inserted the row first. But a second standing payment is refused permanently.
    case .uniqueViolation?: constraint != "one_standing_payment"
    default: false
    }
  }

  /// Whether the connection is unusable and its transaction lost. A server that stops, or that ends a connection, still
  /// reports it first.
  var isLoss: Bool {
    switch self {
    case .connectionLost: true
    case .server: breaksConnection
    case .noConnection, .unexpected, .canceled, .poolExhausted, .poolClosed: false
    }
  }

  /// Whether a commit that failed with this error may have succeeded anyway. A server that refuses a commit and keeps
  /// running has not done it.
  var leavesCommitOpen: Bool {
    guard case .server(let error) = self else { return self != .canceled }
    return switch error.state.errorClass {
    case .connectionException: error.state != .protocolViolation
    case .operatorIntervention, .systemError, .internalError: true
    default: false
    }
  }

  private var constraint: String? {
    if case .server(let error) = self { error.constraint } else { nil }
  }
}
