package import ClaimStore
import ClaimsDomain
import DurableExecution

/// The payments whose receipts a person asks for.
package enum PaymentReceipts {
  /// Finds the payments of a claim, or the one payment with an ID.
  ///
  /// - Parameter name: a payment ID, a claim intake ID, or a provider's claim number.
  /// - Throws: `StoreFailure`.
  package static func named(_ name: String, in store: ClaimStore) async throws -> [PaymentRow] {
    try await store.read { transaction in
      let payment = PaymentID(name)
      if let found = try transaction.payments([payment])[payment] { return [found] }
      return try transaction.payments(of: try transaction.claims(named: name).map(\.id))
    }
  }
}
