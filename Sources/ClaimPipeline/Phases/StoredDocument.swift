import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Foundation

/// Reads what the store keeps as JSON: claims as they were taken in, and responses. Everything outside the runner that
/// reads such bytes reads them here.
package enum StoredDocument {
  /// - Parameter what: names the document for people, without quoting it.
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

  /// For the verifier, which tells one kind of damage from another.
  ///
  /// - Throws: `DecodingError`, or what the type itself throws.
  package static func decode<Document: Decodable>(_ type: Document.Type, from bytes: [UInt8]) throws -> Document {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}

extension SubmittedClaim {
  /// A claim as it was taken in.
  ///
  /// - Throws: `StoreFailure.corrupt`, which names the claim.
  package init(body: [UInt8], of id: ClaimIntakeID) throws(StoreFailure) {
    self = try StoredDocument.read(SubmittedClaim.self, from: body, "the text of claim \(id)")
  }
}

extension KeyRow {
  /// The response of a key, read as a document; nil where its bytes are not those that were written, or are another document.
  package func document<Document: Decodable>(_ type: Document.Type) -> Document? {
    guard fault == nil, let response else { return nil }
    return try? StoredDocument.decode(type, from: response)
  }
}

/// A definitive refusal as it is stored: RFC 9457 problem details, as far as they are looked at.
package struct StoredRefusal: Decodable, Sendable {
  package var type: String
  package var title: String
  package var status: Int
}
