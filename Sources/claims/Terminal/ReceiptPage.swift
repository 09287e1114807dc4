import BankProtocol
import ClaimFormats
import ClaimStore
import ClaimsDomain
import Foundation
import Signatures

/// Receipts as people and programs read them.
enum ReceiptPage {
  static func words(for receipt: TransferReceipt) -> String {
    let moved =
      switch receipt.status {
      case .paid: "paid \(receipt.amount) \(receipt.currency) to the payee"
      case .returned: "took back \(receipt.amount) \(receipt.currency) from the payee"
      }
    return """
      valid: \(receipt.bank) has signed this receipt
      it states that the bank \(moved)
        transfer         \(receipt.transferID), booked \(receipt.time)
        payee            reference with SHA-256 \(receipt.payeeDigest)
        idempotency key  \(receipt.idempotencyKey)
        tracking id      \(receipt.trackingID)
        ordered by       \(receipt.issuer ?? "an issuer that did not have to sign")
      it proves who said so, and not that the money arrived
      """
  }

  static func words(for defect: JWSDefect) -> String {
    switch defect {
    case .malformed: "it is not a receipt; a receipt is one line of three parts with dots between them"
    case .otherKind: "it is signed with one of these keys, and it is not a receipt"
    case .changed: "it is not valid: it was changed, or its signature is forged; ask the bank for it again"
    case .unknownSigner: "it is not valid: none of the given keys has signed it"
    }
  }

  /// The outcome of a verification, in one line.
  static func json(_ result: Result<TransferReceipt, JWSDefect>) -> [UInt8] {
    switch result {
    case .success(let receipt): line(Verified(valid: true, receipt: receipt))
    case .failure(let defect): line(Verified(valid: false, reason: words(for: defect)))
    }
  }

  /// The receipts of a payment, in one line.
  static func json(_ payment: PaymentRow) -> [UInt8] {
    line(
      Kept(
        paymentID: payment.id.text, claimID: payment.claimID.text, receipt: payment.receipt,
        returnReceipt: payment.returnReceipt))
  }

  private struct Verified: Encodable {
    var valid: Bool
    var receipt: TransferReceipt?
    var reason: String?
  }

  private struct Kept: Encodable {
    var paymentID: String
    var claimID: String
    var receipt: String?
    var returnReceipt: String?

    enum CodingKeys: String, CodingKey {
      case receipt
      case paymentID = "payment_id"
      case claimID = "claim_intake_id"
      case returnReceipt = "return_receipt"
    }
  }

  private static func line(_ document: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(document)).map { Array($0) } ?? []) + [UInt8(ascii: "\n")]
  }
}

extension JWSDefect {
  /// Whether the text is no receipt at all, rather than one that proves nothing.
  var isNoReceipt: Bool {
    switch self {
    case .malformed, .otherKind: true
    case .changed, .unknownSigner: false
    }
  }
}
