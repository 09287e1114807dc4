import Crypto

/// SHA-256 of a request in RFC 8785 canonical JSON: says whether a repeat of a key is really a repeat.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hex digits.
  package let hex: String

  package init(hex: String) {
    self.hex = hex
  }

  /// - Throws: `EncodingError` when the request cannot be written as canonical JSON.
  package init(of request: some Encodable) throws {
    hex = SHA256.hexDigest(of: try CanonicalJSON.bytes(of: request))
  }

  package var description: String { hex }
}
