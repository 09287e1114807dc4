import HTTPTypes

/// The header fields of the bank's HTTP.
enum BankHeader {
  static let idempotencyKey = "Idempotency-Key"
  /// The owner's epoch. Where it is missing, the first epoch is meant.
  static let fencingEpoch = "Fencing-Epoch"
  /// `true` on an answer that was stored by an earlier request.
  static let idempotentReplay = "Idempotent-Replay"
  /// Names one request, and comes back with its answer: so that an answer to another one is never taken for it.
  static let requestID = "Request-Id"
  /// Names the bank: in a request the one it is meant for, so that another bank refuses it; in every answer the one that
  /// gave it.
  static let bankID = "Bank-Id"
}

extension HTTPField.Name {
  static let idempotencyKey = named(BankHeader.idempotencyKey)
  static let fencingEpoch = named(BankHeader.fencingEpoch)
  static let idempotentReplay = named(BankHeader.idempotentReplay)
  static let requestID = named(BankHeader.requestID)
  static let bankID = named(BankHeader.bankID)

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
