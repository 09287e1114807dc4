import Foundation
import StrictText

/// Public keys, read from and published as a JSON Web Key Set (RFC 7517).
package struct KeySet: Hashable, Sendable {
  private let keys: [String: VerifyingKey]

  package init(_ keys: some Sequence<VerifyingKey>) {
    self.keys = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The maximum size of a key set in bytes. A key has about 150.
  package static let byteLimit = 256 * 1024

  /// Reads the Ed25519 keys of a set, and ignores keys of other kinds. A key is known by its thumbprint, whatever name
  /// the set gives it.
  ///
  /// - Throws: `KeyDefect` when it is no key set, has no Ed25519 key, or contains a private key.
  package init(parsing bytes: [UInt8]) throws(KeyDefect) {
    guard bytes.count <= Self.byteLimit, let json = try? StrictJSON.checked(bytes),
      let document = try? JSONDecoder().decode(Document.self, from: Data(json))
    else { throw KeyDefect(reason: #"it is not a JSON Web Key Set: {"keys":[…]}"#) }
    guard document.keys.allSatisfy({ $0.d == nil }) else {
      throw KeyDefect(reason: "it contains a private key, which belongs to its owner only: remove the member d")
    }
    var keys: [VerifyingKey] = []
    for key in document.keys where key.kty == "OKP" && key.crv == "Ed25519" {
      keys.append(try VerifyingKey(parsing: key.x ?? ""))
    }
    guard !keys.isEmpty else { throw KeyDefect(reason: "it has no Ed25519 key") }
    self.init(keys)
  }

  package subscript(id: String) -> VerifyingKey? { keys[id] }

  /// The keys, ordered by their thumbprints.
  package var all: [VerifyingKey] { keys.values.sorted { $0.id < $1.id } }

  package func union(_ other: KeySet) -> KeySet { KeySet(all + other.all) }

  /// The set as JSON in one line. The same keys have the same bytes.
  package var json: [UInt8] {
    let keys = all.map { key in
      #"{"alg":"EdDSA","crv":"Ed25519","kid":"\#(key.id)","kty":"OKP","use":"sig","x":"\#(key.text)"}"#
    }
    return Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8)
  }

  private struct Document: Decodable {
    struct Key: Decodable {
      var kty: String
      var crv: String?
      var x: String?
      /// The private part, which is looked for only to refuse it.
      var d: String?
    }

    var keys: [Key]
  }
}
