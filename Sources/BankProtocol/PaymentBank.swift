package import ClaimsDomain
package import DurableExecution

/// The port to the bank. Each call takes a batch and answers each order under its tracking id. A reply that is lost,
/// refused or fenced says nothing about the other orders.
///
/// A payment is made in two steps, *prepare* under a tracking id and then *commit*; money moves on commit. Every
/// call carries the owner's epoch, and the bank refuses whoever comes with a smaller one than it has heard for that
/// tracking id (`fenced`), so a process that was thought dead cannot pay late.
package protocol PaymentBank: Sendable {
  /// Announces payments; nothing moves. The answer names the tracking id to commit (the earlier one's, when the
  /// bank has seen this idempotency key before).
  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>>

  /// Moves the money of prepared payments.
  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>>

  /// Asks what became of payments.
  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>>

  /// Takes committed payments back.
  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>>
}

/// What the bank is told about one payment. No member data goes over this wire.
package struct PaymentOrder: Hashable, Sendable {
  /// Sent as `Idempotency-Key`: the payment's effect key.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  package var epoch: Epoch
  /// Whose money it is: the payer of the claim.
  package var payer: PayerID
  package var payee: Payee
  package var amount: Money
  /// What the payee sees on the statement: our claim intake id.
  package var reference: String
  /// The intake id of the first claim of the chain. The bank allows one standing payment for each payer and origin,
  /// whatever the keys and references.
  package var origin: String
  /// The payment of the same origin that this one corrects. Nil for every first payment.
  package var corrects: TrackingID?

  package init(
    idempotencyKey: String, trackingID: TrackingID, epoch: Epoch, payer: PayerID, payee: Payee, amount: Money,
    reference: String, origin: String? = nil, corrects: TrackingID? = nil
  ) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
    self.payer = payer
    self.corrects = corrects
    self.payee = payee
    self.amount = amount
    self.reference = reference
    self.origin = origin ?? reference
  }
}

extension Sequence<PaymentOrder> {
  /// A reply for each order that has one, under its tracking id.
  package func replies<Reply: Sendable>(_ reply: (PaymentOrder) throws -> Reply?) rethrows -> Answers<TrackingID, Reply>
  {
    try Answers(self, id: \.trackingID, reply)
  }
}

extension Sequence<VoidOrder> {
  /// A reply for each order that has one, under the tracking id of its payment.
  package func replies<Reply: Sendable>(_ reply: (VoidOrder) throws -> Reply?) rethrows -> Answers<TrackingID, Reply> {
    try Answers(self, id: \.trackingID, reply)
  }
}

/// The billing provider as the bank knows it.
package struct Payee: Hashable, Sendable, Codable {
  /// NPI, else tax id, else name.
  package var reference: String
  package var name: String

  package init(reference: String, name: String) {
    self.reference = reference
    self.name = name
  }
}

package struct PreparedPayment: Hashable, Sendable, Codable {
  package var trackingID: TrackingID

  package init(trackingID: TrackingID) {
    self.trackingID = trackingID
  }

  enum CodingKeys: String, CodingKey { case trackingID = "tracking_id" }
}

/// The bank's word that money has moved.
package struct BankReceipt: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  /// The bank's own number for the transfer.
  package var transferID: String
  package var amount: Money

  package init(trackingID: TrackingID, transferID: String, amount: Money) {
    self.trackingID = trackingID
    self.transferID = transferID
    self.amount = amount
  }

  enum CodingKeys: String, CodingKey {
    case amount
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}

/// What the bank is told about taking one payment back.
package struct VoidOrder: Hashable, Sendable {
  /// The void's own effect key.
  package var idempotencyKey: String
  /// Of the payment.
  package var trackingID: TrackingID
  package var epoch: Epoch
  /// Why, for the bank's record.
  package var reason: String

  package init(idempotencyKey: String, trackingID: TrackingID, epoch: Epoch, reason: String) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
    self.reason = reason
  }
}

package struct VoidReceipt: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  /// The bank's number for the transfer that brought the money back.
  package var transferID: String

  package init(trackingID: TrackingID, transferID: String) {
    self.trackingID = trackingID
    self.transferID = transferID
  }

  enum CodingKeys: String, CodingKey {
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}
