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

  /// The first two characters.
  package var errorClass: Class? { Class(rawValue: String(rawValue.prefix(2))) }

  package enum Class: String, Sendable {
    case connectionException = "08"
    case integrityConstraintViolation = "23"
    case invalidTransactionState = "25"
    case invalidAuthorization = "28"
    case invalidCatalogName = "3D"
    case transactionRollback = "40"
    case insufficientResources = "53"
    case operatorIntervention = "57"
    case systemError = "58"
    case internalError = "XX"
  }
}
