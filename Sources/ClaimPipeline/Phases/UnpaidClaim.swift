import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What a decided but unpaid claim is waiting for.
package enum UnpaidClaim: Hashable, Sendable {
  /// Its payee is on hold, or was when the claim was last processed. Its payment was never begun, so nothing was
  /// withheld from it.
  case held
  /// A person has released its payment, which is made when the claim is processed again.
  case released
  /// The bank or the books have refused its payment, which keeps what it has withheld, even if a person has released it
  /// since and its payee was on hold by then.
  case refused

  /// Returns nil for a claim that waits before any decision, and for one that does not wait.
  ///
  /// - Throws: `StoreFailure`.
  package static func of(
    _ rows: some Collection<ClaimRow>, in transaction: some DurableTransaction
  ) throws -> [ClaimIntakeID: UnpaidClaim] {
    let waiting = rows.filter { $0.status == .suspended && $0.amounts != nil }
    guard !waiting.isEmpty else { return [:] }
    let records = try transaction.records(for: waiting.compactMap(\.keys.payment))
    // A payment has a saga as soon as it is begun, whatever has become of it since.
    let held = records.values.filter(\.failedOnHold).map { PaymentSaga.id(of: $0.key) }
    let begun = held.isEmpty ? [:] : try transaction.sagas(held)
    return Dictionary(
      waiting.compactMap { row in
        guard let record = row.keys.payment.flatMap({ records[$0] }) else { return nil }
        return (row.id, UnpaidClaim(record, wasBegun: begun[PaymentSaga.id(of: record.key)] != nil))
      },
      uniquingKeysWith: { first, _ in first })
  }

  private init(_ record: KeyRecord, wasBegun: Bool) {
    switch record.state {
    case .pending: self = .released
    case .completed: self = .refused
    case .failed: self = record.failedOnHold && !wasBegun ? .held : .refused
    }
  }
}

extension KeyRecord {
  /// Whether this is the key of a payment that was not made because its payee was on hold.
  var failedOnHold: Bool {
    guard case .failed(let response, _) = state else { return false }
    let refusal = try? StoredDocument.decode(StoredRefusal.self, from: response.bytes)
    return refusal?.code == FailureCode.payeeOnHold.rawValue
  }
}

extension StoredRefusal {
  /// The code of the failure: the last part of its type.
  package var code: String? { type.split(separator: ":").last.map(String.init) }
}
