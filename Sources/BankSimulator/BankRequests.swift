package import BankProtocol
import ClaimsDomain
import Crypto
package import DurableExecution
import Foundation

/// A request to move the money of a prepared payment.
package struct CommitRequest: Hashable, Sendable {
  /// The key that the payment was prepared under.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  package var epoch: Epoch

  package init(idempotencyKey: String, trackingID: TrackingID, epoch: Epoch) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
  }

  package init(_ order: PaymentOrder) {
    self.init(idempotencyKey: order.idempotencyKey, trackingID: order.trackingID, epoch: order.epoch)
  }
}

/// A request for the state of one payment.
package struct StandingRequest: Hashable, Sendable {
  package var trackingID: TrackingID
  /// The owner that asks and fences earlier owners. Without an owner the request changes nothing.
  package var owner: Owner?

  /// An owner proves ownership of the payment with its idempotency key. Anyone may know a tracking ID.
  package struct Owner: Hashable, Sendable {
    package var idempotencyKey: String
    package var epoch: Epoch

    package init(idempotencyKey: String, epoch: Epoch) {
      self.idempotencyKey = idempotencyKey
      self.epoch = epoch
    }
  }

  package init(trackingID: TrackingID, owner: Owner?) {
    self.trackingID = trackingID
    self.owner = owner
  }

  package init(_ order: PaymentOrder) {
    let owner = Owner(idempotencyKey: order.idempotencyKey, epoch: order.epoch)
    self.init(trackingID: order.trackingID, owner: owner)
  }
}

/// The SHA-256 of a request's content, which distinguishes a repeat of an idempotency key from another request under
/// it.
enum RequestFingerprint {
  /// The payer, the payee, the amount, and the purpose. The tracking ID is left out: it names the attempt, so a repeat
  /// under another tracking ID is the same payment and gets the first response.
  static func of(_ order: PaymentOrder) -> Data {
    digest([
      order.payer.text, order.payee.reference, order.payee.name, String(order.amount.cents), order.reference,
      order.origin, order.corrects?.text ?? "",
    ])
  }

  /// Commit and void concern one payment. The reason of a void is a remark and not part of the fingerprint.
  static func of(_ trackingID: TrackingID) -> Data {
    digest([trackingID.text])
  }

  /// Each part is preceded by its length, so that no two lists of parts give the same bytes.
  private static func digest(_ parts: [String]) -> Data {
    var sha = SHA256()
    for part in parts {
      let bytes = Data(part.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { sha.update(bufferPointer: $0) }
      sha.update(data: bytes)
    }
    return Data(sha.finalize())
  }
}
