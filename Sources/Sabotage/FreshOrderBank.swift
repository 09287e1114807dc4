package import BankProtocol
import ClaimPipeline
package import DurableExecution
import GRDB
import Synchronization

/// Reaches a bank the way retry code without business keys does: to the bank, every try looks like a new order.
package final class FreshOrderBank: PaymentBank {
  /// What is new in every try.
  package struct Freshness: Hashable, Sendable {
    /// The idempotency key and the reference, so that the bank does not recognize a repeat.
    package var keys: Bool
    /// The tracking ID, so that the bank cannot be asked later about an earlier try.
    package var trackingIDs: Bool

    package init(keys: Bool, trackingIDs: Bool) {
      self.keys = keys
      self.trackingIDs = trackingIDs
    }
  }

  private let bank: any PaymentBank
  private let freshness: Freshness
  private let nonce: @Sendable () -> String
  /// The latest try of each payment, by the tracking ID used on our side.
  private let tries = Mutex<[TrackingID: PaymentOrder]>([:])

  /// - Parameter nonce: returns a text that was never used before.
  package init(_ bank: any PaymentBank, fresh freshness: Freshness, nonce: @escaping @Sendable () -> String) {
    self.bank = bank
    self.freshness = freshness
    self.nonce = nonce
  }

  package static let referenceMark = "~try-"

  /// Returns the reference without the mark of a try, which is the claim that was paid.
  package static func claim(of reference: String) -> String {
    reference.ranges(of: referenceMark).first.map { String(reference[..<$0.lowerBound]) } ?? reference
  }

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    let tries = orders.map { (order: $0, sent: newTry($0)) }
    let replies = await bank.prepare(tries.map(\.sent))
    return Answers(tries, id: \.order.trackingID) { order, sent in
      let reply = replies[sent.trackingID]
      guard freshness.trackingIDs, case .done(let prepared)? = reply else { return reply }
      // If the bank has recognized a key, it names the earlier try.
      self.tries.withLock { $0[order.trackingID]?.trackingID = prepared.trackingID }
      return .done(PreparedPayment(trackingID: order.trackingID))
    }
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    let tries = orders.map { (order: $0, sent: latestTry($0)) }
    let replies = await bank.commit(tries.map(\.sent))
    return Answers(tries, id: \.order.trackingID) { order, sent in
      let reply = replies[sent.trackingID]
      guard freshness.trackingIDs, case .done(var receipt)? = reply else { return reply }
      receipt.trackingID = order.trackingID
      return .done(receipt)
    }
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    // Without an ID to ask by, the inquiry concerns a payment that the bank has never seen.
    let tries = orders.map { (order: $0, sent: freshness.trackingIDs ? fresh($0) : latestTry($0)) }
    let standings = await bank.standing(of: tries.map(\.sent))
    return Answers(tries, id: \.order.trackingID) { _, sent in standings[sent.trackingID] }
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    await bank.void(orders)
  }

  private func newTry(_ order: PaymentOrder) -> PaymentOrder {
    let fresh = fresh(order)
    tries.withLock { $0[order.trackingID] = fresh }
    return fresh
  }

  private func latestTry(_ order: PaymentOrder) -> PaymentOrder {
    tries.withLock { $0[order.trackingID] } ?? order
  }

  private func fresh(_ order: PaymentOrder) -> PaymentOrder {
    let nonce = nonce()
    var fresh = order
    if freshness.keys {
      fresh.idempotencyKey += "~\(nonce)"
      fresh.reference += Self.referenceMark + nonce
      fresh.origin = fresh.reference
    }
    if freshness.trackingIDs { fresh.trackingID = TrackingID("\(order.trackingID)-\(nonce)") }
    return fresh
  }
}

/// The unique database index that allows one standing payment per claim.
package enum StandingPaymentIndex {
  /// The statement that removes the index, for stores that demonstrate what happens without it.
  package static let removal = "DROP INDEX one_standing_payment"

  package static func remove(fromFile path: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: removal) }
  }
}
