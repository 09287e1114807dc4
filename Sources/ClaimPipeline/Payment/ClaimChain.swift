import ClaimStore
import ClaimsDomain
import DurableExecution

/// A claim and its predecessors: each claim replaces the one before it. A payment for the last claim corrects the payments
/// for its predecessors.
struct ClaimChain {
  /// The predecessors, nearest first.
  let before: [ClaimIntakeID]
  /// The first claim of the chain. A claim that replaces no other is its own origin.
  let origin: ClaimIntakeID

  /// Reads the chains of claims.
  ///
  /// - Parameter claims: the claims that each claim replaces.
  /// - Throws: `StoreFailure`.
  static func of(
    _ claims: [ClaimIntakeID: [ClaimIntakeID]], in transaction: some ClaimTransaction
  ) throws -> [ClaimIntakeID: ClaimChain] {
    var parents = claims
    var next = Array(Set(claims.values.joined()))
    while !next.isEmpty {
      let rows = try transaction.claims(next.filter { parents[$0] == nil })
      for (id, row) in rows { parents[id] = [row.revises].compactMap(\.self) }
      next = Array(Set(rows.values.compactMap(\.revises).filter { parents[$0] == nil }))
    }
    return Dictionary(uniqueKeysWithValues: claims.keys.map { ($0, ClaimChain(of: $0, parents)) })
  }

  private init(of claim: ClaimIntakeID, _ parents: [ClaimIntakeID: [ClaimIntakeID]]) {
    var before: [ClaimIntakeID] = []
    var seen: Set = [claim]
    var next = parents[claim] ?? []
    while !next.isEmpty {
      let fresh = next.filter { seen.insert($0).inserted }
      before += fresh
      next = fresh.flatMap { parents[$0] ?? [] }
    }
    var origin = claim
    var passed: Set = [claim]
    while let parent = parents[origin]?.first, passed.insert(parent).inserted { origin = parent }
    self.before = before
    self.origin = origin
  }
}
