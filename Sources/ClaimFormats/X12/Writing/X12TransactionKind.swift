/// The transactions we write, each with the guide it follows.
package enum X12TransactionKind: Sendable {
  case remittance
  case implementationAcknowledgment
  case claimAcknowledgment
  case eligibility

  /// ST01.
  var identifier: String {
    switch self {
    case .remittance: "835"
    case .implementationAcknowledgment: "999"
    case .claimAcknowledgment: "277"
    case .eligibility: "271"
    }
  }

  /// GS01.
  var functionalIdentifier: String {
    switch self {
    case .remittance: "HP"
    case .implementationAcknowledgment: "FA"
    case .claimAcknowledgment: "HN"
    case .eligibility: "HB"
    }
  }

  /// GS08.
  var guide: String {
    switch self {
    case .remittance: "005010X221A1"
    case .implementationAcknowledgment: "005010X231A1"
    case .claimAcknowledgment: "005010X214"
    case .eligibility: "005010X279A1"
    }
  }

  /// ST03; the guide of the 835 has it not used.
  var convention: String? { self == .remittance ? nil : guide }
}
