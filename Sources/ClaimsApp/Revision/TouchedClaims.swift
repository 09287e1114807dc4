package import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Finds the claims whose outcome changes because that of another claim in the family did: more or less of a deductible
/// or a maximum is left than when they were decided.
package struct TouchedClaims: Sendable {
  private let app: ClaimsApp

  package init(_ app: ClaimsApp) {
    self.app = app
  }

  /// Returns the touched claims in the order in which they were received. Each is checked on its own; adjusting one of
  /// them may in turn touch others.
  ///
  /// - Throws: `StoreFailure`.
  package func touched(by claim: StandingClaim) async throws -> [StandingClaim] {
    let ruleset = app.ruleset.id
    let family = try await app.store.read { transaction -> [StandingClaim] in
      guard let family = try transaction.coverages(of: [claim.row.memberID])[claim.row.memberID]?.first?.familyID
      else { return [] }
      let rows = try transaction.claims(try transaction.claims(of: family))
      return try rows.values
        .filter { $0.id != claim.row.id && [.paid, .denied].contains($0.status) && $0.keys.audit != nil }
        .sorted { ($0.receivedOn, $0.id) < ($1.receivedOn, $1.id) }
        .map { try StandingClaim($0, in: transaction) }
        .filter { Self.isOfSameYear($0.submitted, claim.submitted) && $0.row.ruleset == ruleset }
    }
    var touched: [StandingClaim] = []
    for candidate in family where try await comesOutOtherwise(candidate) { touched.append(candidate) }
    return touched
  }

  private func comesOutOtherwise(_ claim: StandingClaim) async throws -> Bool {
    let revised = try claim.revised(for: .accumulators, by: app.ruleset.id)
    let preview = try await app.processor.receiving(on: claim.row.receivedOn).preview([revised].placed).first?.value
    guard case .verdict(let response)? = preview else { return false }
    return !response.verdict.comesToTheSame(as: claim.response.verdict)
  }

  /// Returns whether the claims share a plan year, which is the calendar year. Amounts are counted per plan year.
  private static func isOfSameYear(_ claim: SubmittedClaim, _ other: SubmittedClaim) -> Bool {
    !years(of: claim).isDisjoint(with: years(of: other))
  }

  private static func years(of claim: SubmittedClaim) -> Set<Int> {
    Set(claim.lines.compactMap { claim.serviceDates(of: $0)?.first.year })
  }
}
