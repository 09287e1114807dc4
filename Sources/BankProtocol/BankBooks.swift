package import ClaimsDomain
package import DurableExecution

/// The port to the bank's own books, for reconciling: what really moved, whatever was asked and answered.
package protocol BankBooks: Sendable {
  /// Which bank this is, and how far its books go.
  func statement() async throws -> BankStatement

  /// Every movement of money for these references, oldest first.
  func transfers(references: [String]) async throws -> [BankTransfer]

  /// A page of all movements, oldest first.
  func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer]
}

/// The name a bank gave itself when its books were opened. No two books share one, so money that one bank has moved is
/// never looked for at another.
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

/// Who a bank is, and the number of its newest transfer.
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
  /// Counts the bank's transfers, from 1.
  package var number: Int64
  /// The bank's number as its answers carry it.
  package var id: String
  package var trackingID: TrackingID
  /// Above zero when it went out to the payee, below when it came back.
  package var amount: Money
  /// Whose money it is: the payer of the claim.
  package var payer: PayerID
  /// As the bank knows the payee: `Payee.reference`.
  package var payee: String
  /// What the order named: our claim intake id.
  package var reference: String
  /// The first claim of the chain, as the order named it.
  package var origin: String

  /// - Parameter origin: the reference itself where nil.
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
