package import DurableExecution
package import Signatures

/// Who has ordered a payment. Keys and payments of one issuer are unknown to every other.
package struct Issuer: Hashable, Sendable, CustomStringConvertible {
  /// The thumbprint of the key that the issuer signs with; empty for unsigned orders.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The issuer of orders at a bank that asks for no signatures.
  package static let unsigned = Issuer("")

  package var description: String { text }
}

/// The parts of a request that its issuer signs: all that the bank acts on, except which page of its own transfers the issuer
/// reads.
package struct SignedParts: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, Codable {
    case prepare, commit, standing, void
    /// Reading the bank's books.
    case books
  }

  package var operation: Operation
  /// The key as it is sent; nil for a request without one.
  package var idempotencyKey: String?
  /// The payment that the path names; nil if the path names none.
  package var trackingID: TrackingID?
  package var epoch: Epoch?
  package var body: [UInt8]

  package init(
    _ operation: Operation, idempotencyKey: String? = nil, trackingID: TrackingID? = nil, epoch: Epoch? = nil,
    body: [UInt8] = []
  ) {
    self.operation = operation
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
    self.body = body
  }
}

/// Signs requests in the name of one issuer.
///
/// A signature has no time in it, and no clock decides whether money moves. Sending it again is a repeat of its idempotency
/// key: what was done gets the first response. A refusal with which nothing has happened is not kept, and is decided again.
package struct OrderSigner: Sendable {
  private let key: SigningKey

  package init(_ key: SigningKey) {
    self.key = key
  }

  package var issuer: Issuer { Issuer(key.publicKey.id) }

  /// The key set to give to a bank.
  package var keys: KeySet { KeySet([key.publicKey]) }

  /// The value of `Idempotency-Key-Signature` for a request to a bank.
  package func signature(of parts: SignedParts, for bank: BankID) throws -> String {
    try CompactJWS(
      signing: SignedOrder(parts, issuer: issuer, bank: bank), type: SignedOrder.type, with: key
    ).text
  }
}

/// Finds out who has signed a request.
package struct OrderVerifier: Sendable {
  private let issuers: KeySet
  private let bank: BankID

  /// - Parameter bank: the bank that requests must be meant for.
  package init(issuers: KeySet, bank: BankID) {
    self.issuers = issuers
    self.bank = bank
  }

  /// - Returns: the issuer whose signature it is, of exactly this request.
  /// - Throws: the problem to refuse the request with.
  package func issuer(of signature: String?, over parts: SignedParts) throws(BankProblem) -> Issuer {
    guard let signature else { throw .signatureMissing }
    let signed: SignedOrder
    let issuer: Issuer
    do {
      let read = try CompactJWS(parsing: signature)
      signed = try read.verified(as: SignedOrder.self, type: SignedOrder.type, with: issuers)
      issuer = Issuer(read.keyID)
    } catch {
      throw error == .unknownSigner ? .issuerUnknown : .signatureInvalid
    }
    guard signed == SignedOrder(parts, issuer: issuer, bank: bank) else { throw .signatureInvalid }
    return issuer
  }
}

/// What an issuer's signature says.
private struct SignedOrder: Hashable, Codable {
  static let type = "payment-order+jwt"

  var issuer: String
  var bank: String
  var operation: SignedParts.Operation
  var idempotencyKey: String?
  var trackingID: String?
  var epoch: Int64?
  /// The SHA-256 of the body.
  var body: String

  init(_ parts: SignedParts, issuer: Issuer, bank: BankID) {
    self.issuer = issuer.text
    self.bank = bank.text
    operation = parts.operation
    idempotencyKey = parts.idempotencyKey
    trackingID = parts.trackingID?.text
    epoch = parts.epoch?.number
    body = Base64URL.digest(of: parts.body)
  }

  enum CodingKeys: String, CodingKey {
    case operation, epoch
    case issuer = "iss"
    case bank = "aud"
    case idempotencyKey = "idempotency_key"
    case trackingID = "tracking_id"
    case body = "body_sha256"
  }
}
