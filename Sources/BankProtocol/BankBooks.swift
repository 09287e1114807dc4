package import ClaimsDomain
package import DurableExecution

/// The port to the bank's own books, for reconciliation: the transfers actually made, whatever was requested and
/// answered.
package protocol BankBooks: Sendable {
  /// The bank's identity and the number of its newest transfer.
  func statement() async throws -> BankStatement

  /// Every transfer for these references, oldest first.
  func transfers(references: [String]) async throws -> [BankTransfer]

  /// A page of all transfers, oldest first.
  func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer]
}

/// The name that a bank gave itself when its books were created. No two books share a name, so money that one bank has
/// moved is never looked for at another.
package struct BankID: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }
}

/// A bank's identity and the number of its newest transfer.
package struct BankStatement: Hashable, Sendable, Codable {
  package var bank: BankID
  /// 0 before the first transfer.
  package var newestTransfer: Int64

  package init(bank: BankID, newestTransfer: Int64) {
    self.bank = bank
    self.newestTransfer = newestTransfer
  }

  enum CodingKeys: String, CodingKey {
    case bank = "bank_id"
    case newestTransfer = "newest_transfer"
  }
}

/// One movement of money at the bank.
package struct BankTransfer: Hashable, Sendable, Codable {
  /// The number of the transfer, starting at 1.
  package var number: Int64
  /// The bank's transfer number as its responses contain it.
  package var id: String
  package var trackingID: TrackingID
  /// Positive for a transfer to the payee, negative for a return.
  package var amount: Money
  /// The payer of the claim, whose money it is.
  package var payer: PayerID
  /// The payee's reference at the bank: `Payee.reference`.
  package var payee: String
  /// The reference in the order: our claim intake ID.
  package var reference: String
  /// The first claim of the chain, as given in the order.
  package var origin: String

  /// - Parameter origin: nil if it is the same as the reference.
  package init(
    number: Int64, id: String, trackingID: TrackingID, amount: Money, payer: PayerID, payee: String, reference: String,
    origin: String? = nil
  ) {
    self.number = number
    self.id = id
    self.trackingID = trackingID
    self.amount = amount
    self.payer = payer
    self.payee = payee
    self.reference = reference
    self.origin = origin ?? reference
  }

  enum CodingKeys: String, CodingKey {
    case number, amount, payer, payee, reference, origin
    case id = "transfer_id"
    case trackingID = "tracking_id"
  }
}
