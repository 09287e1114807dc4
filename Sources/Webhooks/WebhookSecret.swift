import Crypto
import Foundation

/// What we and a receiver share, to tell our messages from those of others: 256 random bits.
///
/// Messages are signed as the Standard Webhooks specification has it: HMAC-SHA256 of the message's ID, the time, and the
/// body, with periods between them.
package struct WebhookSecret: Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes a new secret, with the system's generator of random keys.
  package init() {
    bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
  }

  /// The secret as it is shown once: `whsec_` and base64.
  package var text: String { "whsec_" + Data(bytes).base64EncodedString() }

  /// Returns the signature of a message: `v1,` and base64.
  ///
  /// - Parameter seconds: the time of the attempt, in whole seconds since 1970.
  func signature(of body: [UInt8], id: String, at seconds: Int64) -> String {
    var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
    code.update(data: Data("\(id).\(seconds).".utf8))
    code.update(data: body)
    return "v1," + Data(code.finalize()).base64EncodedString()
  }
}
