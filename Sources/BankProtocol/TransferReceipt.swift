package import ClaimsDomain
package import DurableExecution
package import Signatures

/// What a bank states, and signs, about one transfer. It names no member.
package struct TransferReceipt: Hashable, Sendable, Codable {
  package static let type = "transfer-receipt+jwt"

  package enum Status: String, Hashable, Sendable, Codable {
    /// The money went out to the payee.
    case paid
    /// The money came back.
    case returned
  }

  package var bank: BankID
  /// Who ordered it; nil if the bank asked for no signature.
  package var issuer: String?
  /// The key of the order, or of the order to take the payment back.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  /// The bank's number for the transfer.
  package var transferID: String
  /// What was moved, in cents; also positive when it came back.
  package var amountCents: Int64
  package var currency: String
  /// The SHA-256 of the payee's reference, in base64url.
  package var payeeDigest: String
  package var status: Status
  /// When the bank booked the transfer, by its own clock: `2026-04-01T12:00:00Z`.
  package var time: String

  package init(
    bank: BankID, issuer: Issuer, idempotencyKey: String, trackingID: TrackingID, transferID: String, amount: Money,
    payee: String, status: Status, time: String
  ) {
    self.bank = bank
    self.issuer = issuer == .unsigned ? nil : issuer.text
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.transferID = transferID
    amountCents = amount.cents
    currency = "USD"
    payeeDigest = Self.digest(ofPayee: payee)
    self.status = status
    self.time = time
  }

  /// Reads a receipt that one of these keys has signed.
  ///
  /// - Throws: `JWSDefect`.
  package init(verifying text: String, with keys: KeySet) throws(JWSDefect) {
    self = try CompactJWS(parsing: text).verified(as: TransferReceipt.self, type: Self.type, with: keys)
  }

  package static func digest(ofPayee reference: String) -> String { Base64URL.digest(of: reference.utf8) }

  package var amount: Money { Money(cents: amountCents) }

  enum CodingKeys: String, CodingKey {
    case issuer, currency, status, time
    case bank = "iss"
    case idempotencyKey = "idempotency_key"
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
    case amountCents = "amount_cents"
    case payeeDigest = "payee_sha256"
  }
}
