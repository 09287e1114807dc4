import ClaimsDomain
import DurableExecution
package import Signatures

/// How a client treats the signed receipts in a bank's responses.
package enum ReceiptPolicy: Sendable {
  /// The bank's key is not known, so its receipts prove nothing and are left out.
  case ignored
  /// The bank runs in this process: its receipts are kept as they are.
  case kept
  /// Every transfer must have a receipt that is signed with the bank's key and states what was ordered.
  case required(ReceiptVerifier)
}

/// Verifies a bank's receipts for one issuer.
package struct ReceiptVerifier: Sendable {
  private let bank: BankID
  private let keys: KeySet
  private let issuer: Issuer?

  /// - Parameter issuer: whose orders they are; nil if orders are not signed.
  package init(bank: BankID, key: VerifyingKey, issuer: Issuer?) {
    self.bank = bank
    keys = KeySet([key])
    self.issuer = issuer
  }

  /// Whether a signed text is the bank's receipt for the payment that was ordered.
  func accepts(_ text: String, of receipt: BankReceipt, for order: PaymentOrder) -> Bool {
    guard let stated = stated(text, .paid), stated.idempotencyKey == order.idempotencyKey else { return false }
    return stated.trackingID == receipt.trackingID && stated.transferID == receipt.transferID
      && stated.amount == receipt.amount
      && stated.payeeDigest == TransferReceipt.digest(ofPayee: order.payee.reference)
  }

  /// Whether a signed text is the bank's receipt for the money that an order brought back.
  func accepts(_ text: String, of receipt: VoidReceipt, for order: VoidOrder) -> Bool {
    guard let stated = stated(text, .returned), stated.idempotencyKey == order.idempotencyKey else { return false }
    return stated.trackingID == receipt.trackingID && stated.transferID == receipt.transferID
  }

  private func stated(_ text: String, _ status: TransferReceipt.Status) -> TransferReceipt? {
    guard let stated = try? TransferReceipt(verifying: text, with: keys), stated.bank == bank, stated.status == status,
      stated.currency == "USD", stated.issuer == nil || stated.issuer == issuer?.text
    else { return nil }
    return stated
  }
}
