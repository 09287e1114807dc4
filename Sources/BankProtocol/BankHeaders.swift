package import HTTPTypes

/// The header fields of the bank's HTTP interface.
package enum BankHeader {
  package static let idempotencyKey = "Idempotency-Key"
  /// The owner's epoch; the first epoch if missing.
  package static let fencingEpoch = "Fencing-Epoch"
  /// `true` on a response that was stored by an earlier request.
  package static let idempotentReplay = "Idempotent-Replay"
  /// Identifies one request and is returned with its response, so that a response to another request is never mistaken
  /// for it.
  package static let requestID = "Request-Id"
  /// Names a bank: in a request, the intended bank, so that another bank refuses it; in every response, the bank that
  /// sent it.
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
