import HTTPTypes

/// The header fields of the bank's HTTP.
enum BankHeader {
  static let idempotencyKey = "Idempotency-Key"
  /// The owner's epoch. Where it is missing, the first epoch is meant.
  static let fencingEpoch = "Fencing-Epoch"
  /// `true` on an answer that was stored by an earlier request.
  static let idempotentReplay = "Idempotent-Replay"
}

extension HTTPField.Name {
  static let idempotencyKey = named(BankHeader.idempotencyKey)
  static let fencingEpoch = named(BankHeader.fencingEpoch)
  static let idempotentReplay = named(BankHeader.idempotentReplay)

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
