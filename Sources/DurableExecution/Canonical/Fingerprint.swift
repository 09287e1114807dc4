import Crypto

/// SHA-256 of a request in RFC 8785 canonical JSON: says whether a repeat of a key is really a repeat.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hex digits.
  public let hex: String

  public init(hex: String) {
    self.hex = hex
  }

  /// - Throws: `EncodingError` when the request cannot be written as canonical JSON.
  public init(of request: some Encodable) throws {
    hex = SHA256.hexDigest(of: try CanonicalJSON.bytes(of: request))
  }

  public var description: String { hex }
}
