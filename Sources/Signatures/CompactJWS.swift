import Foundation
import StrictText

/// A signed text: a JSON Web Signature in compact form (RFC 7515), signed with Ed25519 (RFC 8037) and nothing else.
///
/// This is not a library's work because the one for Swift signs only in an actor, asynchronously. A receipt is signed
/// inside the transaction that moves the money, and no transaction here waits for anything. One algorithm also leaves
/// nothing to choose for whoever writes the header.
package struct CompactJWS: Hashable, Sendable {
  /// The text exactly as it was signed.
  package let text: String
  /// The thumbprint of the key that it claims to be signed with.
  package let keyID: String
  private let type: String
  private let payload: [UInt8]
  private let signature: [UInt8]

  /// The maximum size of a signed text in bytes. Ours have below a thousand.
  package static let byteLimit = 8 * 1024

  /// Signs a payload.
  ///
  /// - Parameter type: says what kind of statement it is, so that none is taken for one of another kind.
  package init(signing payload: some Encodable, type: String, with key: SigningKey) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(payload))
    let header = #"{"alg":"\#(Self.algorithm)","kid":"\#(key.publicKey.id)","typ":"\#(type)"}"#
    let input = Base64URL.text(of: Array(header.utf8)) + "." + Base64URL.text(of: bytes)
    let signature = try key.signature(of: Array(input.utf8))
    text = input + "." + Base64URL.text(of: signature)
    keyID = key.publicKey.id
    self.type = type
    self.payload = bytes
    self.signature = signature
  }

  /// Reads a signed text. Nothing in it can be believed before it is verified.
  ///
  /// - Throws: `JWSDefect.malformed` when it does not look like one, `JWSDefect.changed` when it does and cannot be read.
  package init(parsing text: String) throws(JWSDefect) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard text.utf8.count <= Self.byteLimit, parts.count == 3, parts[2].utf8.count == Self.signatureLength,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isBase64URL) })
    else { throw .malformed }
    guard let header = Base64URL.bytes(of: parts[0]), let payload = Base64URL.bytes(of: parts[1]),
      let signature = Base64URL.bytes(of: parts[2]), let json = try? StrictJSON.checked(header),
      let read = try? JSONDecoder().decode(Header.self, from: Data(json)), read.alg == Self.algorithm, read.crit == nil
    else { throw .changed }
    self.text = text
    keyID = read.kid
    type = read.typ
    self.payload = payload
    self.signature = signature
  }

  /// The payload, once it is known who has signed it.
  ///
  /// - Throws: `JWSDefect`.
  package func verified<Payload: Decodable>(
    as payloadType: Payload.Type, type: String, with keys: KeySet
  ) throws(JWSDefect) -> Payload {
    guard let key = keys[keyID] else { throw .unknownSigner }
    let input = text.utf8.prefix(text.utf8.count - Self.signatureLength - 1)
    guard key.isSignature(signature, of: Array(input)) else { throw .changed }
    guard self.type == type else { throw .otherKind }
    guard let json = try? StrictJSON.checked(payload),
      let read = try? JSONDecoder().decode(payloadType, from: Data(json))
    else { throw .otherKind }
    return read
  }

  private static let algorithm = "EdDSA"
  /// The length of 64 bytes in base64url.
  private static let signatureLength = 86

  private static func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private struct Header: Decodable {
    var alg: String
    var kid: String
    var typ: String
    /// Extensions that a reader must understand. We understand none.
    var crit: [String]?
  }
}

/// Why a signed text proves nothing.
package enum JWSDefect: Error, Hashable, Sendable {
  /// It does not look like a signed text.
  case malformed
  /// Its signature is not that of the key it names: it was changed, or forged.
  case changed
  /// It is signed with a key that is not among the given ones.
  case unknownSigner
  /// Its signature is right, and it is a statement of another kind.
  case otherKind
}
