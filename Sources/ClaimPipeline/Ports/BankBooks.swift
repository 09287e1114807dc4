package import ClaimsDomain
package import DurableExecution

/// The port to the bank's own books, for reconciling: what really moved, whatever was asked and answered.
package protocol BankBooks: Sendable {
  /// Every movement of money for these references, oldest first.
  func transfers(references: [String]) async throws -> [BankTransfer]

  /// A page of all movements, oldest first.
  func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer]
}

/// One movement of money at the bank.
package struct BankTransfer: Hashable, Sendable {
  /// Counts the bank's transfers, from 1.
  package var number: Int64
  /// The bank's number as its answers carry it.
  package var id: String
  package var trackingID: TrackingID
  /// Above zero when it went out to the payee, below when it came back.
  package var amount: Money
  package var payee: String
  /// What the order named: our claim intake id.
  package var reference: String

  package init(
    number: Int64, id: String, trackingID: TrackingID, amount: Money, payee: String, reference: String
  ) {
    self.number = number
    self.id = id
    self.trackingID = trackingID
    self.amount = amount
    self.payee = payee
    self.reference = reference
  }
}
