package import ClaimStore
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
  }

  /// - Throws: `StoreFailure`.
  package func perform(in store: ClaimStore) async throws -> Outcome {
    try await store.transaction { [key, signOff] transaction in
      guard let record = try transaction.records(for: [key])[key] else { return .unknown }
      switch record.state {
      case .completed: return .completed
      case .failed:
        try transaction.release(record, by: signOff)
        return .released
      case .pending(let lease):
        guard lease.expiresAt > (try transaction.now) else { return .notHeld }
        try transaction.release(record, by: signOff)
        return .endedLease(lease)
      }
    }
  }
}
