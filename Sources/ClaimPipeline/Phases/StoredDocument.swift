import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Foundation

/// Reads the JSON documents in the store: claims as they were received, and responses. All code outside the runner that
/// reads such documents uses these functions.
package enum StoredDocument {
  /// - Parameter what: a description of the document for people, without its content.
  /// - Throws: `StoreFailure.corrupt` for bytes that are not what was written.
  package static func read<Document: Decodable>(
    _ type: Document.Type, from bytes: [UInt8], _ what: String
  ) throws(StoreFailure) -> Document {
    do {
      return try decode(type, from: bytes)
    } catch {
      throw .corrupt("\(what) does not read")
    }
  }

  /// Decodes a document for the verifier, which distinguishes kinds of damage.
  ///
  /// - Throws: `DecodingError`, or what the type itself throws.
  package static func decode<Document: Decodable>(_ type: Document.Type, from bytes: [UInt8]) throws -> Document {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}

extension SubmittedClaim {
  /// Reads a claim as it was received.
  ///
  /// - Throws: `StoreFailure.corrupt`, which names the claim.
  package init(body: [UInt8], of id: ClaimIntakeID) throws(StoreFailure) {
    self = try StoredDocument.read(SubmittedClaim.self, from: body, "the text of claim \(id)")
  }
}

extension KeyRow {
  /// The response of a key, decoded as a document; nil if its bytes have changed or are another document.
  package func document<Document: Decodable>(_ type: Document.Type) -> Document? {
    guard fault == nil, let response else { return nil }
    return try? StoredDocument.decode(type, from: response)
  }
}

/// A definitive refusal as it is stored: the RFC 9457 problem details that are used here.
package struct StoredRefusal: Decodable, Sendable {
  package var type: String
  package var title: String
  package var status: Int
}
