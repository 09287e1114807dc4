/// The first outcome of an effect, stored as the original bytes and replayed verbatim.
package struct StoredResponse: Hashable, Sendable {
  package let bytes: [UInt8]
  package let contentType: String
  /// An HTTP status: 200 for a success, 422 for a definitive refusal.
  package let status: Int
  /// SHA-256 of the bytes as 64 hex digits, computed when they were first written.
  package let digest: String

  /// Creates a response as read from a store, including its digest.
  package init(bytes: [UInt8], contentType: String, status: Int, digest: String) {
    self.bytes = bytes
    self.contentType = contentType
    self.status = status
    self.digest = digest
  }

  /// Creates a response to be stored for the first time.
  package init(bytes: [UInt8], contentType: String, status: Int) {
    self.init(bytes: bytes, contentType: contentType, status: status, digest: ContentDigest.sha256(bytes))
  }

  /// Whether the bytes are still the bytes that were written.
  package var isIntact: Bool { ContentDigest.sha256(bytes) == digest }

  static let json = "application/json"
  static let problem = "application/problem+json"
}

/// A response that is a document rather than a value. Its bytes are stored unchanged, and a replay of the key returns
/// the document itself.
package protocol VerbatimResponse: Codable, Sendable {
  static var contentType: String { get }

  var bytes: [UInt8] { get }

  init(bytes: [UInt8])
}
