import ClaimStore
package import ClaimsDomain
import DurableExecution

/// What became of claims that an earlier run had left behind.
package struct ResumedClaims: Sendable {
  /// How many came to their end.
  package fileprivate(set) var finished = 0
  /// Those that cannot be finished, since what the store has of them does not read.
  package fileprivate(set) var damaged: [ClaimIntakeID] = []
}

extension ClaimProcessor {
  /// Takes claims to their end that an earlier run left behind: received or decided, and never heard of again. Those
  /// another worker is still at are left to it. A damaged claim is left as it is, and does not hold up the others.
  ///
  /// - Throws: `StoreFailure`.
  package func resume(pageSize: Int = 200) async throws -> ResumedClaims {
    var resumed = ResumedClaims()
    var last: ClaimIntakeID?
    while true {
      let (after, limit) = (last, pageSize)
      let left = try await store.read { transaction in
        let ids = try transaction.unfinished(after: after, limit: limit)
        return (ids: ids, bodies: try transaction.bodies(of: ids))
      }
      guard let newLast = left.ids.last else { return resumed }
      last = newLast
      var claims: [SubmittedClaim] = []
      for id in left.ids {
        if let body = left.bodies[id], let claim = try? SubmittedClaim(body: body, of: id) {
          claims.append(claim)
        } else {
          resumed.damaged.append(id)
        }
      }
      let ended = try await once(claims.placed)
      resumed.finished += ended.count { if case .audited = $0.value { true } else { false } }
    }
  }
}
