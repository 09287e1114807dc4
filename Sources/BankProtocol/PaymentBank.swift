package import ClaimsDomain
package import DurableExecution

/// The port to the bank. Each call takes a batch and replies to each order under its tracking ID. A reply that is lost,
/// refused, or fenced says nothing about the other orders.
///
/// A payment is made in two steps, *prepare* under a tracking ID and then *commit*; money moves on commit. Every call
/// carries the owner's epoch, and the bank refuses an epoch smaller than the newest it has received for that tracking
/// ID (`fenced`), so a process that was presumed dead cannot pay late.
package protocol PaymentBank: Sendable {
  /// Announces payments; no money moves. The reply names the tracking ID to commit: the earlier one if the bank has
  /// received this idempotency key before.
  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>>

  /// Moves the money of prepared payments.
  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>>

  /// Asks for the outcome of payments.
  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>>

  /// Voids committed payments.
  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>>
}

/// The data that the bank receives about one payment. It contains no member data.
package struct PaymentOrder: Hashable, Sendable {
  /// Sent as `Idempotency-Key`: the payment's effect key.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  package var epoch: Epoch
  /// The payer of the claim, whose money it is.
  package var payer: PayerID
  package var payee: Payee
  package var amount: Money
  /// The reference on the payee's statement: our claim intake ID.
  package var reference: String
  /// The intake ID of the first claim of the chain. The bank allows one standing payment for each payer and origin,
  /// whatever the keys and references.
  package var origin: String
  /// The payment of the same origin that this one corrects; nil for a first payment.
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
  /// The replies to the orders that have one, by tracking ID.
  package func replies<Reply: Sendable>(_ reply: (PaymentOrder) throws -> Reply?) rethrows -> Answers<TrackingID, Reply>
  {
    try Answers(self, id: \.trackingID, reply)
  }
}

extension Sequence<VoidOrder> {
  /// The replies to the orders that have one, by the tracking ID of the payment.
  package func replies<Reply: Sendable>(_ reply: (VoidOrder) throws -> Reply?) rethrows -> Answers<TrackingID, Reply> {
    try Answers(self, id: \.trackingID, reply)
  }
}

/// The billing provider as the bank knows it.
package struct Payee: Hashable, Sendable, Codable {
  /// The NPI, or the tax ID if there is no NPI, or else the name.
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

/// The bank's confirmation that money has moved.
package struct BankReceipt: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  /// The bank's own number for the transfer.
  package var transferID: String
  package var amount: Money
  /// What the bank has signed about the transfer (`TransferReceipt`), verbatim; nil if it gave nothing that can be
  /// verified. It is no part of any response that is stored or replayed.
  package var signed: String?

  package init(trackingID: TrackingID, transferID: String, amount: Money, signed: String? = nil) {
    self.trackingID = trackingID
    self.transferID = transferID
    self.amount = amount
    self.signed = signed
  }

  /// The receipt as responses contain it.
  package var unsigned: BankReceipt { BankReceipt(trackingID: trackingID, transferID: transferID, amount: amount) }

  enum CodingKeys: String, CodingKey {
    case amount
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}

/// The data that the bank receives to void one payment.
package struct VoidOrder: Hashable, Sendable {
  /// The void's own effect key.
  package var idempotencyKey: String
  /// The tracking ID of the payment.
  package var trackingID: TrackingID
  package var epoch: Epoch
  /// The reason, for the bank's record.
  package var reason: String
  /// Whether the payer knows that the money went out. The bank's word that there was none to bring back then ends nothing.
  /// It is not sent.
  package var bringsBack: Bool

  package init(
    idempotencyKey: String, trackingID: TrackingID, epoch: Epoch, reason: String, bringsBack: Bool = false
  ) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
    self.reason = reason
    self.bringsBack = bringsBack
  }
}

package struct VoidReceipt: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  /// The bank's number for the transfer that brought the money back.
  package var transferID: String
  /// What the bank has signed about that transfer, verbatim, as in `BankReceipt`.
  package var signed: String?

  package init(trackingID: TrackingID, transferID: String, signed: String? = nil) {
    self.trackingID = trackingID
    self.transferID = transferID
    self.signed = signed
  }

  /// The receipt as responses contain it.
  package var unsigned: VoidReceipt { VoidReceipt(trackingID: trackingID, transferID: transferID) }

  enum CodingKeys: String, CodingKey {
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}
