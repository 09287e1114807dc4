import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// A remittance about to be made, with its file.
package struct RemittanceRequest: Encodable, Sendable {
  package let claims: [DueClaim]
  package let row: RemittanceRow
  package let file: [UInt8]

  package var key: RemittanceKey { RemittanceKey(payee: row.payee.reference, claims: claims) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row.payee, forKey: .payee)
    try container.encode(row.claimsPaid, forKey: .claimsPaid)
    try container.encode(row.amount, forKey: .amount)
    try container.encode(claims.map(\.paymentID), forKey: .payments)
  }

  enum CodingKeys: String, CodingKey {
    case payee, amount, payments
    case claimsPaid = "claims_paid"
  }

  package static func remittanceID(under key: KeyText) -> RemittanceID { RemittanceID("REM-\(key.digest.prefix(20))") }
}
