import ClaimsDomain
import DurableExecution
import Foundation

extension ClaimProcessor {
  /// Takes claims to their end that an earlier run left behind: received or decided, and never heard of again. Those
  /// another worker is still at are left to it.
  ///
  /// - Returns: how many came to their end.
  /// - Throws: `StoreFailure`.
  package func resume(pageSize: Int = 200) async throws -> Int {
    var settled = 0
    var last: ClaimIntakeID?
    while true {
      let (after, limit) = (last, pageSize)
      let left = try await store.read { try $0.unfinished(after: after, limit: limit) }
      guard let newLast = left.last?.row.id else { return settled }
      last = newLast
      let claims = try left.map { stored in
        do {
          return try JSONDecoder().decode(SubmittedClaim.self, from: Data(stored.body))
        } catch {
          throw StoreFailure.corrupt("the text of claim \(stored.row.id) does not read as a claim")
        }
      }
      let ended = try await once(claims)
      settled += ended.count { if case .audited = $0 { true } else { false } }
    }
  }
}
