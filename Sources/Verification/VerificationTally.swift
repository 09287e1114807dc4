import ClaimsDomain

/// The sums of a verification under way. Its size does not depend on the size of the store.
struct VerificationTally: Sendable {
  private(set) var totals = VerificationTotals()
  private(set) var findings: Set<Finding> = []
  private(set) var findingsLeftOff = 0
  private(set) var work: [UnfinishedWork: Int] = [:]
  /// Entries that a decision accounts for.
  var accumulatorEntries = 0

  /// Whether tables are others than this program makes, so that statements may fail for it.
  var hasForeignTables: Bool { findings.contains { $0.invariant == .tablesAsMade } }

  mutating func note(_ kind: UnfinishedWork, _ count: Int = 1) {
    if count > 0 { work[kind, default: 0] += count }
  }

  mutating func report(_ found: some Sequence<Finding>, limit: Int) {
    for finding in found where !findings.contains(finding) {
      if findings.count < limit { findings.insert(finding) } else { findingsLeftOff += 1 }
    }
  }

  mutating func count(_ change: (inout VerificationTotals) throws -> Void) rethrows { try change(&totals) }

  /// - Throws: `MoneyError.overflow` when a sum leaves 64 bits.
  mutating func add(_ other: VerificationTally, limit: Int) throws(MoneyError) {
    totals.claims += other.totals.claims
    totals.keys += other.totals.keys
    totals.events += other.totals.events
    totals.payments += other.totals.payments
    totals.transfers += other.totals.transfers
    totals.charged = try totals.charged + other.totals.charged
    totals.allowed = try totals.allowed + other.totals.allowed
    totals.paid = try totals.paid + other.totals.paid
    totals.memberResponsibility = try totals.memberResponsibility + other.totals.memberResponsibility
    accumulatorEntries += other.accumulatorEntries
    findingsLeftOff += other.findingsLeftOff
    report(other.findings, limit: limit)
    for (kind, count) in other.work { note(kind, count) }
  }

  var report: VerificationReport {
    VerificationReport(
      totals: totals, findings: findings.sorted(), findingsLeftOff: findingsLeftOff,
      notes: UnfinishedWork.allCases.compactMap { kind in
        work[kind].map { VerificationNote(work: kind, count: $0) }
      })
  }
}
