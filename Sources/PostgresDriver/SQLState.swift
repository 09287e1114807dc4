/// PostgreSQL's five-character error codes (PostgreSQL manual, appendix A). The first two tell the class.
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
  /// An index entry, among others, that is larger than a page takes.
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
  /// What a data error (class 22) is about, in words that name no value.
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
