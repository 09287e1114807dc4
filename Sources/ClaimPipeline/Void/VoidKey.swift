package import BankProtocol
import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The key for voiding a payment: `idemp:void:{payment_id}`.
package struct VoidKey: EffectKey {
  package typealias Response = VoidResponse
  package static let effect = EffectName.void
  package static let retention = Retention.financial

  package let paymentID: PaymentID

  package init(paymentID: PaymentID) {
    self.paymentID = paymentID
  }

  package var segments: [String] { [paymentID.text] }
}

/// The response for a payment that was voided.
package struct VoidResponse: Hashable, Sendable, Codable {
  package var paymentID: PaymentID
  package var receipt: VoidReceipt

  enum CodingKeys: String, CodingKey {
    case receipt
    case paymentID = "payment_id"
  }
}
