import BankProtocol
package import ClaimStore
import DurableExecution
package import Signatures

/// The key that a store signs its orders with. It is made from a secret of the store, so every process on the store
/// signs alike and nothing has to be configured.
package enum IssuerKey {
  private static let name = "issuer-key"

  /// The store's signer; its key is made when it is first asked for.
  ///
  /// - Throws: `StoreFailure`.
  static func signer(of store: ClaimStore) async throws -> OrderSigner {
    try signer(from: try await store.transaction { try $0.secret(named: name) })
  }

  /// The store's public key, as it is published.
  ///
  /// - Throws: `StoreFailure`.
  package static func published(by store: ClaimStore) async throws -> KeySet { try await signer(of: store).keys }

  /// The store's signer, for a caller that creates nothing; nil if the store has never ordered anything.
  ///
  /// - Throws: `StoreFailure`.
  static func existingSigner(of store: ClaimStore) async throws -> OrderSigner? {
    try await store.read { try $0.existingSecret(named: name) }.map(signer)
  }

  private static func signer(from secret: [UInt8]) throws(StoreFailure) -> OrderSigner {
    do {
      return OrderSigner(try SigningKey(seed: secret))
    } catch {
      throw .corrupt("the secret \(name) is not one of 32 bytes")
    }
  }
}
