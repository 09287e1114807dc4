import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

// Checks whole tables: keys that nothing names, orphaned rows, and the ledger as a whole.
extension Verifier {
  func looseKeys(isArchived: Bool) async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: LooseKey?) in
        let rows = try transaction.looseKeys(isArchived: isArchived, after: after?.row.key, limit: pageSize)
        let events = Dictionary(grouping: try transaction.events(of: rows.map(\.key)), by: \.key)
        let claims = try transaction.claims(rows.compactMap { LooseKey.claimID(KeyReading($0)) })
        return rows.map { LooseKey(row: $0, events: events[$0.key] ?? [], claims: claims) }
      }, { page in tally.report(page.flatMap(\.findings), limit: limit) })
    return tally
  }

  func shape() async throws -> VerificationTally {
    var tally = VerificationTally()
    if let comparison = try await store.shapeComparison() {
      tally.report(comparison.findings, limit: settings.findingsLimit)
    } else {
      tally.note(.tablesUnchecked)
    }
    return tally
  }

  func tables() async throws -> VerificationTally {
    let limit = settings.findingsLimit
    return try await store.read { transaction in
      var tally = VerificationTally()
      let counts = try transaction.counts()
      tally.count { totals in
        totals.keys += counts.keys
        totals.events += counts.events
      }
      tally.note(.keysPending, counts.pendingKeys)
      tally.note(.sagasUnderWay, counts.sagasUnderWay)
      for kind in OrphanKind.allCases {
        tally.report(
          try transaction.orphans(kind, limit: limit).map { id in
            Finding(kind.invariant, kind.isKey ? KeyText(id).shown : id, kind.meaning)
          }, limit: limit)
      }
      let balance = try transaction.accountBalances().values.total()
      if balance != .zero {
        tally.report(
          [Finding(.ledgerBalances, "ledger", "debits and credits differ by \(balance)")], limit: limit)
      }
      return tally
    }
  }
}

/// A key that no claim, decision, payment, or audit record names as its own.
struct LooseKey: Sendable {
  let row: KeyRow
  let reading: KeyReading
  private let events: [EffectEvent]
  private let hasClaim: Bool

  init(row: KeyRow, events: [EffectEvent], claims: [ClaimIntakeID: ClaimRow]) {
    self.row = row
    self.events = events
    reading = KeyReading(row)
    hasClaim = Self.claimID(reading).map { claims[$0] != nil } ?? true
  }

  var findings: [Finding] {
    var findings = OutcomeCheck(row: row, events: events).findings
    if let finding = Finding(row.key, reading) { findings.append(finding) }
    if !hasClaim {
      findings.append(Finding(.noOrphans, row.key.shown, "a claim was taken in under it, and that claim is gone"))
    }
    return findings
  }

  /// Returns the claim that was taken in under the key, if the reading is that of an intake.
  static func claimID(_ reading: KeyReading) -> ClaimIntakeID? {
    guard case .intake(let response) = reading else { return nil }
    return response.claimIntakeID
  }
}
