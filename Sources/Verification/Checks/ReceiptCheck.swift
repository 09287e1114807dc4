import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Signatures

/// Checks that what the bank has signed about a claim's payments is signed with its key on record, and states what the
/// payments' rows say. Payments without a receipt are left out: they are older than receipts, or their bank signs none.
struct ReceiptCheck {
  let payments: [PaymentRow]
  /// The bank on record.
  let link: BankLink?

  var findings: [Finding] {
    guard let link else { return [] }
    return payments.flatMap { payment in
      [
        payment.receipt.flatMap { fault(of: $0, .paid, payment, link) },
        payment.returnReceipt.flatMap { fault(of: $0, .returned, payment, link) },
      ].compactMap(\.self).map { Finding(.receiptsHold, "payment \(payment.id)", $0) }
    }
  }

  private func fault(
    of text: String, _ status: TransferReceipt.Status, _ payment: PaymentRow, _ link: BankLink
  ) -> String? {
    guard let key = link.key else { return "it has a receipt, and no key of its bank is on record" }
    guard let stated = try? TransferReceipt(verifying: text, with: KeySet([key])) else {
      return "its receipt is not signed with the key of its bank: it was changed, or is somebody else's"
    }
    let (ordered, transfer) =
      switch status {
      case .paid: (payment.effectKey.text, payment.transferID)
      case .returned: (VoidKey(paymentID: payment.id).text.text, nil)
      }
    let agrees =
      stated.bank == link.bank && stated.status == status && stated.idempotencyKey == ordered
      && stated.trackingID == payment.trackingID && (transfer == nil || stated.transferID == transfer)
      && stated.amount == payment.amount && stated.currency == "USD"
      && stated.payeeDigest == TransferReceipt.digest(ofPayee: payment.payee.reference)
    return agrees ? nil : "its receipt states another bank, order, transfer, amount or payee than its row"
  }
}
