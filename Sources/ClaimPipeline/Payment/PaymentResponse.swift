package import ClaimStore
package import BankProtocol
package import ClaimsDomain
import DurableExecution

/// A claim was closed: its EOB is posted, and what was due is paid.
package struct PaymentResponse: Hashable, Sendable, Codable {
  /// `paid`, also where the member owes all of it; `denied`.
  package var status: ClaimStatus
  package var paymentID: PaymentID
  package var eobID: EOBID
  package var amount: Money
  /// What of it, and of what was withheld, is for paying late; nil for nothing.
  package var interest: Money?
  /// What was not paid out, since the payee owed it; nil for nothing.
  package var withheld: Money?
  package var payee: Payee
  /// The bank's word; nil when nothing was due.
  package var receipt: BankReceipt?

  init(status: ClaimStatus, of payment: PaymentRow, receipt: BankReceipt?) {
    self.status = status
    paymentID = payment.id
    eobID = payment.eobID
    amount = payment.amount
    interest = payment.interest == .zero ? nil : payment.interest
    withheld = payment.withheld == .zero ? nil : payment.withheld
    payee = payment.payee
    self.receipt = receipt
  }

  enum CodingKeys: String, CodingKey {
    case status, amount, interest, withheld, payee, receipt
    case paymentID = "payment_id"
    case eobID = "eob_id"
  }
}
