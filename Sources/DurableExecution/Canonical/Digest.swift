import Crypto

extension SHA256 {
  /// Returns the digest as 64 lowercase hex digits.
  static func hexDigest(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let contiguous: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if contiguous == nil { hash.update(data: Array(bytes)) }
    return Hex.text(hash.finalize())
  }
}

enum Hex {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes {
      text.append(digit(byte >> 4, uppercase: false))
      text.append(digit(byte & 0xF, uppercase: false))
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func digits(_ byte: UInt8, uppercase: Bool) -> [UInt8] {
    [digit(byte >> 4, uppercase: uppercase), digit(byte & 0xF, uppercase: uppercase)]
  }

  private static func digit(_ nibble: UInt8, uppercase: Bool) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: uppercase ? "A" : "a") + nibble - 10
  }
}

/// A digest that anyone can recompute, for names derived from keys and for checks of stored bytes.
package enum ContentDigest {
  /// Returns SHA-256 as 64 lowercase hex digits.
  package static func sha256(_ bytes: some Sequence<UInt8>) -> String { SHA256.hexDigest(of: bytes) }
}

/// The digest of bytes that arrive piece by piece.
package struct RunningDigest {
  private var hash = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// SHA-256 of the bytes so far, as 64 lowercase hex digits.
  package var sha256: String { Hex.text(hash.finalize()) }
}

/// SHA-256 of a request in RFC 8785 canonical JSON. It shows whether a repeated key carries the same request.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 lowercase hex digits.
  package let hex: String

  package init(hex: String) {
    self.hex = hex
  }

  /// - Throws: `EncodingError` when the request cannot be written as canonical JSON.
  package init(of request: some Encodable) throws {
    hex = SHA256.hexDigest(of: try CanonicalJSON.bytes(of: request))
  }

  /// - Parameter bytes: a request in canonical JSON.
  init(ofCanonical bytes: [UInt8]) {
    hex = SHA256.hexDigest(of: bytes)
  }

  package var description: String { hex }
}
