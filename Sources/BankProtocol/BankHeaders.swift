package import HTTPTypes

/// The header fields of the bank's HTTP.
package enum BankHeader {
  package static let idempotencyKey = "Idempotency-Key"
  /// The owner's epoch. Where it is missing, the first epoch is meant.
  package static let fencingEpoch = "Fencing-Epoch"
  /// `true` on an answer that was stored by an earlier request.
  package static let idempotentReplay = "Idempotent-Replay"
  /// Names one request, and comes back with its answer: so that an answer to another one is never taken for it.
  package static let requestID = "Request-Id"
  /// Names the bank: in a request the one it is meant for, so that another bank refuses it; in every answer the one that
  /// gave it.
  package static let bankID = "Bank-Id"
}

extension HTTPField.Name {
  package static let idempotencyKey = named(BankHeader.idempotencyKey)
  package static let fencingEpoch = named(BankHeader.fencingEpoch)
  package static let idempotentReplay = named(BankHeader.idempotentReplay)
  package static let requestID = named(BankHeader.requestID)
  package static let bankID = named(BankHeader.bankID)

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
