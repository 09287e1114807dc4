import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The taking back of a payment: `idemp:void:{payment_id}`.
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
