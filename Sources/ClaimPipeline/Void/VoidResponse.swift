package import BankProtocol
package import ClaimsDomain

/// A payment was taken back.
package struct VoidResponse: Hashable, Sendable, Codable {
  package var paymentID: PaymentID
  package var receipt: VoidReceipt

  enum CodingKeys: String, CodingKey {
    case receipt
    case paymentID = "payment_id"
  }
}
