import ClaimPipeline
import ClaimsDomain
import Crypto
import DurableExecution
import Foundation

/// The SHA-256 of what a request is about: it tells a repeat of an idempotency key from another request under it.
enum RequestFingerprint {
  /// Who is paid, how much and for what. The tracking id is left out: it names the attempt, so a repeat under another
  /// tracking id is the same payment and gets the first answer.
  static func of(_ order: PaymentOrder) -> Data {
    digest([
      order.payer.text, order.payee.reference, order.payee.name, String(order.amount.cents), order.reference,
      order.origin, order.corrects?.text ?? "",
    ])
  }

  /// Commit and void are about one payment. The reason of a void is a remark, not payload.
  static func of(_ trackingID: TrackingID) -> Data {
    digest([trackingID.text])
  }

  /// Each part goes in with its length before it, so that no two lists of parts give the same bytes.
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
