package import ClaimsDomain
package import DurableExecution

/// Webhooks: systems outside that want to know of events, and what is to be sent to them.
///
/// A delivery is written in the transaction of its event, for each receiver that subscribes to the event's type. So an
/// event that is committed has its deliveries, however late it commits, and one that is not has none.
package protocol WebhookRecords {
  /// Adds a receiver, with its first secret.
  ///
  /// - Returns: false if a receiver in use has the same URL.
  func add(_ receiver: WebhookReceiver, secret: [UInt8], by signOff: SignOff) throws -> Bool

  /// The receivers in use, the oldest first.
  func receivers() throws -> [WebhookReceiver]

  /// Takes a receiver out of use. Its secrets are deleted, and what was still to be sent to it is dead.
  ///
  /// - Returns: false if there is no such receiver in use.
  func remove(_ id: WebhookReceiverID, by signOff: SignOff) throws -> Bool

  /// Adds a secret to sign with. The older ones also sign until `overlap` ends; those that have ended are deleted.
  ///
  /// - Returns: the number of secrets that now sign; nil if there is no such receiver in use.
  func rotate(
    _ id: WebhookReceiverID, to secret: [UInt8], olderUntil overlap: Timestamp, by signOff: SignOff
  ) throws -> Int?

  /// The receivers in use that something is to be sent to now.
  func dueReceivers() throws -> [WebhookReceiver]

  /// Leases the next deliveries to a receiver. Of the deliveries about one claim, only the first that is still to be made is
  /// leased, so that they arrive in order.
  func lease(
    to receiver: WebhookReceiverID, upTo limit: Int, by owner: WorkerID, until: Timestamp
  ) throws -> LeasedDeliveries

  /// Records how deliveries went, as far as their leases are still ours.
  func record(_ results: [(lease: DeliveryLease, result: DeliveryResult)]) throws

  /// Deliveries, the newest first.
  ///
  /// - Parameters:
  ///   - receiver: nil for all.
  ///   - state: nil for all.
  ///   - number: only deliveries with a smaller number; nil for the first page.
  func deliveries(
    to receiver: WebhookReceiverID?, in state: WebhookDelivery.State?, before number: Int64?, limit: Int
  ) throws -> [WebhookDelivery]

  /// Lets a delivery that is dead or was made be made again, with all its attempts.
  ///
  /// - Returns: false if the delivery is still to be made anyway.
  /// - Throws: `UnknownDelivery` if there is no such delivery, or its receiver is not in use.
  func resend(_ number: Int64, by signOff: SignOff) throws -> Bool

  /// The number of deliveries that are still to be made, and of dead ones.
  func deliveryCounts() throws -> (open: Int, dead: Int)

  /// Deletes deliveries that were made before an instant, and closes those whose receiver was removed while their event was
  /// under way.
  ///
  /// - Returns: the number of deliveries that were deleted.
  func tidyDeliveries(madeBefore instant: Timestamp, limit: Int) throws -> Int
}

/// A system that wants to know of events.
package struct WebhookReceiver: Hashable, Sendable {
  package let id: WebhookReceiverID
  /// Where to send to; without user, password, query, and fragment.
  package let url: String
  /// The types of events to send; empty for all, also those of later versions.
  package let types: Set<WebhookEventType>
  package let addedAt: Timestamp

  /// - Parameter addedAt: part of what the ID is made from: a URL that was removed and is added again is a new receiver.
  package init(url: String, types: Set<WebhookEventType>, addedAt: Timestamp) {
    (self.url, self.types, self.addedAt) = (url, types, addedAt)
    let key = KeyText(effect: "webhook", segments: [url, "\(addedAt.microseconds)"])
    id = WebhookReceiverID("WHK-\(key.digest.prefix(20))")
  }

  init(id: WebhookReceiverID, url: String, types: Set<WebhookEventType>, addedAt: Timestamp) {
    (self.id, self.url, self.types, self.addedAt) = (id, url, types, addedAt)
  }
}

/// The events that can be sent to receivers.
package enum WebhookEventType: String, CaseIterable, Sendable {
  /// The claim is decided and closed: the plan has paid its share, which may be nothing.
  case claimPaid = "claim.paid"
  case claimDenied = "claim.denied"
  /// The claim waits for a person.
  case claimSuspended = "claim.suspended"
  /// Intake has sent the claim back.
  case claimRejected = "claim.rejected"
  /// Another claim has taken this one's place, and what this one had paid is taken back.
  case claimAdjusted = "claim.adjusted"
  /// The payment is not made: refused by the bank or the books, or because its payee is on hold.
  case paymentRefused = "payment.refused"
  case paymentVoided = "payment.voided"
}

/// The right to make a delivery, until the lease ends.
package struct DeliveryLease: Hashable, Sendable {
  package let number: Int64
  package let epoch: Epoch
}

/// What is sent to a receiver about one event.
package struct LeasedDelivery: Hashable, Sendable {
  package let lease: DeliveryLease
  /// The business key: the receiver and the event. Its digest is the message's ID at the receiver.
  package let key: KeyText
  package let body: [UInt8]
  /// The number of attempts so far, including this one.
  package let attempts: Int
}

package struct LeasedDeliveries: Sendable {
  package let deliveries: [LeasedDelivery]
  /// The secrets to sign with, the newest first.
  package let secrets: [[UInt8]]
  /// The database's time at the lease.
  package let at: Timestamp
}

/// How an attempt went. The words are for people and quote nothing that the receiver has sent.
package enum DeliveryResult: Hashable, Sendable {
  case made(String)
  /// It failed, and is tried again after some time.
  case failed(String, retryAfter: Duration)
  /// It failed, and is not tried again until a person says so.
  case dead(String)
}

/// A delivery as people look at it.
package struct WebhookDelivery: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case waiting, sending, delivered, dead
  }

  package let number: Int64
  package let receiver: WebhookReceiverID
  package let key: KeyText
  package let type: String
  package let claimID: ClaimIntakeID
  package let state: State
  package let attempts: Int
  /// How the last attempt went; nil before it ended.
  package let answer: String?
  package let createdAt: Timestamp
}

/// There is no such delivery, or it was to a receiver that is no longer in use.
package struct UnknownDelivery: Error, Hashable {}
