import ClaimStore
import ClaimsDomain

/// The claims with which care of one transaction is compared in full: those on record and those decided earlier in the
/// same transaction. Nothing is read if no care on record has a code and a day in common with it.
///
/// They are read after the year's totals, which lock the member (`AccumulatorLedger`), as `AllowedLines` are.
struct ResemblingClaims {
  private var claims: [ClaimIntakeID: SubmittedClaim] = [:]

  init(_ ids: Set<ClaimIntakeID>, in transaction: some AdjudicationRecords) throws {
    guard !ids.isEmpty else { return }
    claims = try transaction.bodies(of: ids.sorted()).reduce(into: [:]) { claims, stored in
      claims[stored.key] = try? SubmittedClaim(body: stored.value, of: stored.key)
    }
  }

  mutating func add(_ claim: SubmittedClaim, as id: ClaimIntakeID) { claims[id] = claim }

  /// What each line of a claim resembles.
  ///
  /// - Parameter others: for each line number, the claims to compare the line with. One that cannot be read is left to a
  ///   person.
  func resemblances(of claim: SubmittedClaim, to others: [Int: Set<ClaimIntakeID>]) -> [Int: [Resemblance]] {
    guard !others.isEmpty else { return [:] }
    return claim.lines.reduce(into: [:]) { found, line in
      guard let ids = others[line.number] else { return }
      found[line.number] = ids.compactMap { id in
        guard let other = claims[id] else {
          return Resemblance(to: id, line: line.number, otherLine: nil, traits: [.unreadable])
        }
        return Resemblance.closest(of: line, in: claim, to: other, as: id)
      }
    }
  }
}
