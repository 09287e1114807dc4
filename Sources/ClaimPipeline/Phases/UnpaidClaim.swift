import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What a claim that was decided, but not paid, waits for.
package enum UnpaidClaim: Hashable, Sendable {
  /// Its payee is on hold, or was when the claim was decided. No order was ever sent to the bank.
  case held
  /// A person has released its payment, which is made when the claim is processed again.
  case released
  /// The bank or the books have refused its payment.
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
    return Dictionary(
      waiting.compactMap { row in row.keys.payment.flatMap { records[$0] }.map { (row.id, UnpaidClaim($0)) } },
      uniquingKeysWith: { first, _ in first })
  }

  private init(_ record: KeyRecord) {
    switch record.state {
    case .pending: self = .released
    case .completed: self = .refused
    case .failed(let response, _):
      let refusal = try? StoredDocument.decode(StoredRefusal.self, from: response.bytes)
      self = refusal?.code == FailureCode.payeeOnHold.rawValue ? .held : .refused
    }
  }
}

extension StoredRefusal {
  /// The code of the failure: the last part of its type.
  package var code: String? { type.split(separator: ":").last.map(String.init) }
}
