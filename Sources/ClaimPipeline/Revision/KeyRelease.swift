package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// A person's release of a key: a failed one may be tried again, and the lease of a pending one ends.
package struct KeyRelease: Sendable {
  private let key: KeyText
  private let signOff: SignOff

  package init(of key: KeyText, by signOff: SignOff) {
    (self.key, self.signOff) = (key, signOff)
  }

  package enum Outcome: Sendable {
    case released
    case endedLease(KeyRecord.Lease)
    case unknown
    /// The key is pending, and no lease holds it: the next run of the claim acts.
    case notHeld
    case completed
    /// The payment is of a claim that another claim has replaced, and is never paid.
    case replaced(ClaimIntakeID)
    /// The claim's payee is on hold, and nothing is paid to it.
    case onHold(ClaimIntakeID)

    /// Whether the next run of the claim acts under the key.
    package var leadsToPayment: Bool {
      switch self {
      case .released, .notHeld, .endedLease: true
      case .unknown, .completed, .replaced, .onHold: false
      }
    }
  }

  /// - Parameter endsLeases: whether the lease of a pending key is ended. Otherwise, such a key is left as it is.
  /// - Throws: `StoreFailure`.
  package func perform(in store: ClaimStore, endsLeases: Bool = true) async throws -> Outcome {
    try await store.transaction { try perform(in: $0, endsLeases: endsLeases) }
  }

  /// - Throws: `StoreFailure`.
  package func perform(in transaction: ClaimTransaction, endsLeases: Bool) throws -> Outcome {
    guard let record = try transaction.records(for: [key])[key] else { return .unknown }
    switch record.state {
    case .completed: return .completed
    case .failed:
      if let refusal = try Self.refusal(of: record, in: transaction) { return refusal }
      try transaction.release(record, by: signOff)
      return .released
    case .pending(let lease):
      guard endsLeases, lease.expiresAt > (try transaction.now) else { return .notHeld }
      try transaction.release(record, by: signOff)
      return .endedLease(lease)
    }
  }

  /// Returns why a payment cannot be tried again; nil if it can be. The claim's row is written, so that a claim is not
  /// replaced while its payment is released.
  private static func refusal(of record: KeyRecord, in transaction: ClaimTransaction) throws -> Outcome? {
    guard let id = PaymentKey.claim(of: record.key), let row = try transaction.claims([id])[id] else { return nil }
    if row.status == .replaced { return .replaced(id) }
    if record.failedOnHold, try transaction.hasPayeeOnHold(row) { return .onHold(id) }
    try transaction.update([row.advanced { _ in }])
    return nil
  }
}

extension ClaimTransaction {
  /// Whether the payee of a claim is on hold now.
  fileprivate func hasPayeeOnHold(_ row: ClaimRow) throws -> Bool {
    guard let body = try bodies(of: [row.id])[row.id] else { return false }
    return try hold(on: SubmittedClaim(body: body, of: row.id).billingProvider.reference) != nil
  }
}
