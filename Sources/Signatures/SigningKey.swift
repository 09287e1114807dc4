import Crypto
import Foundation

/// A private Ed25519 key (RFC 8032). It is made from secret bytes and never leaves the process.
package struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  package let publicKey: VerifyingKey

  /// - Parameter seed: 32 secret bytes. The same bytes make the same key.
  /// - Throws: `KeyDefect` when there are not 32 bytes.
  package init(seed: [UInt8]) throws(KeyDefect) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw KeyDefect(reason: "a private key has 32 bytes")
    }
    self.key = key
    publicKey = try VerifyingKey(bytes: Array(key.publicKey.rawRepresentation))
  }

  func signature(of bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }
}

/// A public Ed25519 key.
package struct VerifyingKey: Hashable, Sendable {
  /// The 32 bytes of the key.
  package let bytes: [UInt8]
  /// The key's thumbprint (RFC 7638), 43 characters: a name that anybody can compute from the key and that no other
  /// key has.
  package let id: String

  /// - Throws: `KeyDefect` when the bytes are no Ed25519 key.
  package init(bytes: [UInt8]) throws(KeyDefect) {
    guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
      throw KeyDefect(reason: "an Ed25519 key has 32 bytes")
    }
    self.bytes = bytes
    // The members that RFC 8037 requires, in the order of RFC 7638.
    let members = #"{"crv":"Ed25519","kty":"OKP","x":"\#(Base64URL.text(of: bytes))"}"#
    id = Base64URL.text(of: Array(SHA256.hash(data: Data(members.utf8))))
  }

  /// - Parameter text: the 32 bytes in base64url, as `text` returns them.
  /// - Throws: `KeyDefect`.
  package init(parsing text: String) throws(KeyDefect) {
    guard let bytes = Base64URL.bytes(of: text) else { throw KeyDefect(reason: "a key is written in base64url") }
    try self.init(bytes: bytes)
  }

  /// The 32 bytes in base64url, 43 characters: the member `x` of a JSON Web Key.
  package var text: String { Base64URL.text(of: bytes) }

  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: self.bytes) else { return false }
    return key.isValidSignature(signature, for: bytes)
  }
}

/// What is wrong with a key or a set of keys.
package struct KeyDefect: Error, Hashable, CustomStringConvertible {
  package let reason: String

  package init(reason: String) {
    self.reason = reason
  }

  package var description: String { reason }
}

/// Bytes as text without padding (RFC 4648, section 5).
package enum Base64URL {
  package static func text(of bytes: [UInt8]) -> String {
    let digits = Data(bytes).base64EncodedData().lazy.filter { $0 != UInt8(ascii: "=") }.map(urlSafe)
    return String(decoding: Array(digits), as: UTF8.self)
  }

  private static func urlSafe(_ digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: digit
    }
  }

  private static func standard(_ digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: digit
    }
  }

  /// The bytes of a text; nil unless it is exactly the text of these bytes. A lenient reader would ignore the last bits,
  /// so that one signature had several texts.
  package static func bytes(of text: String) -> [UInt8]? {
    let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.utf8.count % 4) % 4)
    let digits = text.utf8.map(standard) + padding
    guard let data = Data(base64Encoded: Data(digits)), self.text(of: Array(data)) == text else { return nil }
    return Array(data)
  }

  /// The SHA-256 of bytes, as text.
  package static func digest(of bytes: some Sequence<UInt8>) -> String {
    text(of: Array(SHA256.hash(data: Data(bytes))))
  }
}
