package import ClaimStore
import Crypto
import Foundation
import Signatures

/// The cursors of lists whose order is made of what belongs in no address: a payee may be a person, and a key may hold
/// the number of a claim or of a member. Such a cursor is encrypted with a secret of the store, so a list that one process
/// has begun is continued by any other, and an address says nothing.
package struct SealedCursors: Sendable {
  private let store: ClaimStore

  private static let secret = "cursors"
  /// More than the text of any cursor that this program has made.
  private static let lengthLimit = 2_000

  /// A list whose places are sealed. A cursor of one list is none of another.
  package enum List: String, Sendable {
    case holds
    case deadLetters = "dead-letters"
    case keys
  }

  package init(_ store: ClaimStore) {
    self.store = store
  }

  /// The cursor of a place; nil for none.
  ///
  /// - Throws: `StoreFailure`.
  package func seal(_ place: String?, of list: List) async throws -> String? {
    guard let place else { return nil }
    let box = try AES.GCM.seal(Data(place.utf8), using: try await key(), authenticating: Data(list.rawValue.utf8))
    return box.combined.map { Base64URL.text(of: Array($0)) }
  }

  /// The place of a cursor; nil for none.
  ///
  /// - Parameter cursor: the text that a request has.
  /// - Throws: `APIProblem.malformed` unless a process on this store has made it for this list; `StoreFailure`.
  package func open(_ cursor: Substring?, of list: List) async throws -> String? {
    guard let cursor else { return nil }
    let key = try await key()
    guard cursor.utf8.count <= Self.lengthLimit, let bytes = Base64URL.bytes(of: String(cursor)),
      let box = try? AES.GCM.SealedBox(combined: bytes),
      let place = try? AES.GCM.open(box, using: key, authenticating: Data(list.rawValue.utf8))
    else { throw APIProblem.unreadableCursor }
    return String(decoding: place, as: UTF8.self)
  }

  private func key() async throws -> SymmetricKey {
    let known = try await store.read { try $0.existingSecret(named: Self.secret) }
    if let known { return SymmetricKey(data: known) }
    return SymmetricKey(data: try await store.transaction { try $0.secret(named: Self.secret) })
  }
}

extension APIProblem {
  package static let unreadableCursor = APIProblem.malformed(
    "a page continues at the next of the page before, unchanged")
}

extension ListPlace {
  /// Reads a cursor that a request has.
  ///
  /// - Throws: `APIProblem.malformed`.
  package init(cursor: some StringProtocol) throws(APIProblem) {
    do {
      try self.init(parsing: String(cursor))
    } catch {
      throw .unreadableCursor
    }
  }
}
