import ClaimStore
import ClaimsDomain
import DurableExecution

// Checks the year's totals: every entry is accounted for by a decision, and no total exceeds its limit.
extension Verifier {
  /// - Parameter accountedFor: the number of entries that the claims' decisions account for.
  func accumulators(
    accountedFor: Int, _ rulesets: [RulesetID: Ruleset]
  ) async throws -> VerificationTally {
    var tally = VerificationTally()
    let counts = try await store.read { try $0.counts() }
    // The entries of each claim have been checked already. The claims of the entries are checked only if the counts
    // differ.
    if counts.accumulatorEntries != accountedFor {
      try tally.add(try await unaccountedEntries(), limit: settings.findingsLimit)
    }
    let unknown = counts.rulesets.filter { rulesets[$0] == nil }
    if unknown.isEmpty {
      try tally.add(try await limits(PlanLimits(rulesets)), limit: settings.findingsLimit)
    } else {
      tally.note(.limitsUnchecked, unknown.count)
    }
    return tally
  }

  private func unaccountedEntries() async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: EntryWithDossier?) in
        let rows = try transaction.accumulatorEntries(after: after?.row.place, limit: pageSize)
        let (dossiers, _) = try DossierReader(transaction).readable(Array(Set(rows.map(\.claimID))))
        let expected = try dossiers.reduce(into: [:]) { $0[$1.id] = try $1.expectedEntries() }
        return rows.map { EntryWithDossier(row: $0, expected: expected[$0.claimID] ?? []) }
      },
      { page in
        tally.report(
          page.filter { !$0.isAccountedFor }.map { entry in
            Finding(
              .accumulatorsFollowDecisions, "claim \(entry.row.claimID)",
              "\(entry.row.entry.amount) is on record for \(entry.row.entry.scope.shown) and no decision of it took that"
            )
          }, limit: limit)
      })
    return tally
  }

  private func limits(_ limits: PlanLimits) async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: Accumulators.Entry?) in
        try transaction.accumulatorTotals(after: after?.scope, limit: pageSize)
      },
      { page in
        for total in page {
          guard let most = limits.most(for: total.scope), total.amount > most,
            try await coversFamilyThroughout(total.scope)
          else { continue }
          tally.report(
            [
              Finding(
                .limitsHold, "plan \(total.scope.planID)",
                "\(total.scope.shown) of somebody is \(total.amount), above the plan's \(most)")
            ], limit: limit)
        }
      })
    return tally
  }

  /// Returns whether the family's limit applies to a total. It does only if every member is enrolled with family
  /// coverage; members enrolled alone have limits of their own.
  private func coversFamilyThroughout(_ scope: AccumulatorScope) async throws -> Bool {
    guard case .family = scope.holder else { return true }
    let pageSize = settings.pageSize
    var covers = true
    try await pages(
      { (transaction, after: EntryWithDossier?) in
        let place = after?.row.place ?? AccumulatorPlace(scope: scope, effectKey: KeyText(""))
        let rows = try transaction.accumulatorEntries(after: place, limit: pageSize).prefix { $0.entry.scope == scope }
        let (dossiers, _) = try DossierReader(transaction).readable(Array(Set(rows.map(\.claimID))))
        let alone = Set(dossiers.filter(\.isOfMemberEnrolledAlone).map(\.id))
        return rows.map { EntryWithDossier(row: $0, expected: [], isOfMemberAlone: alone.contains($0.claimID)) }
      }, { page in if page.contains(where: \.isOfMemberAlone) { covers = false } })
    return covers
  }
}

/// An accumulator entry along with what the decision of its claim accounts for.
struct EntryWithDossier: Sendable {
  let row: AccumulatorRow
  let expected: [ExpectedEntries]
  var isOfMemberAlone = false

  /// Whether a decision accounts for the entry. True also when this cannot be determined, because the broken source is
  /// reported on its own.
  var isAccountedFor: Bool {
    expected.isEmpty || expected.contains { $0.amounts[row.place] != nil }
  }
}

extension ClaimDossier {
  fileprivate var isOfMemberEnrolledAlone: Bool { coverageSnapshots.joined().contains { !$0.coversFamily } }
}
