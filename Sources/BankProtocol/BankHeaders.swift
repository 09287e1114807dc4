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
  /// The thumbprint of the key that the bank signs its receipts with, in every response of a bank that has one.
  package static let bankKey = "Bank-Key"
  /// The issuer's signature of a request (`OrderSigner`).
  package static let signature = "Idempotency-Key-Signature"
  /// The bank's signed receipt for the transfer that a response reports (`TransferReceipt`). It is a header, so that the
  /// stored body of a response stays the same bytes.
  package static let receipt = "Transfer-Receipt"
}

extension HTTPField.Name {
  package static let idempotencyKey = named(BankHeader.idempotencyKey)
  package static let fencingEpoch = named(BankHeader.fencingEpoch)
  package static let idempotentReplay = named(BankHeader.idempotentReplay)
  package static let requestID = named(BankHeader.requestID)
  package static let bankID = named(BankHeader.bankID)
  package static let bankKey = named(BankHeader.bankKey)
  package static let orderSignature = named(BankHeader.signature)
  package static let transferReceipt = named(BankHeader.receipt)

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
