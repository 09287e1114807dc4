import ClaimsDomain
import DurableExecution

/// The claims that took one another's place, from one back to the first. What is paid for the last of them is a correction
/// of what was paid for those before it.
struct ClaimLine {
  /// Those before the claim, the nearest first.
  let before: [ClaimIntakeID]
  /// The first of all, which is the claim itself where it takes nobody's place.
  let origin: ClaimIntakeID

  /// - Parameter claims: each with those whose place it takes.
  static func of(
    _ claims: [ClaimIntakeID: [ClaimIntakeID]], in transaction: some ClaimTransaction
  ) throws -> [ClaimIntakeID: ClaimLine] {
    var parents = claims
    var next = Array(Set(claims.values.joined()))
    while !next.isEmpty {
      let rows = try transaction.claims(next.filter { parents[$0] == nil })
      for (id, row) in rows { parents[id] = [row.revises].compactMap(\.self) }
      next = Array(Set(rows.values.compactMap(\.revises).filter { parents[$0] == nil }))
    }
    return Dictionary(uniqueKeysWithValues: claims.keys.map { ($0, ClaimLine(of: $0, parents)) })
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
