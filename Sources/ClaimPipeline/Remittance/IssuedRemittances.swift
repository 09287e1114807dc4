package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Remittances that were made, and their files as they were first written.
package struct IssuedRemittances<Store: ClaimStore>: Sendable {
  private let store: Store

  package init(_ store: Store) {
    self.store = store
  }

  /// Those of a run, in order of number, a page at a time.
  ///
  /// - Throws: `StoreFailure`; the same for those below.
  package func page(of run: CheckRunRow, after number: Int, limit: Int = 500) async throws -> [RemittanceRow] {
    try await store.read { try $0.remittances(in: run, after: number, limit: limit) }
  }

  package func newest(_ limit: Int) async throws -> [RemittanceRow] {
    try await store.read { try $0.remittances(limit: limit) }
  }

  package func remittance(_ id: RemittanceID) async throws -> RemittanceRow? {
    try await store.read { try $0.remittance(id) }
  }

  /// - Throws: `StoreFailure.corrupt` when the bytes are not those that were written.
  package func file(of remittance: RemittanceRow) async throws -> [UInt8] {
    let key = remittance.effectKey
    let row = try await store.read { try $0.keyRows([key]) }.first
    guard let bytes = row?.response, ContentDigest.sha256(bytes) == remittance.digest else {
      throw StoreFailure.corrupt("the file of remittance \(remittance.id) is gone or was changed")
    }
    return bytes
  }
}
