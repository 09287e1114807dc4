package import ClaimsDomain

/// What a verification checked and what it found.
package struct VerificationReport: Hashable, Sendable {
  package let totals: VerificationTotals
  /// The findings, ordered by invariant and subject. When there are more than the verifier keeps, only the first are
  /// listed.
  package let findings: [Finding]
  /// The number of further findings that are not listed.
  package let findingsLeftOff: Int
  /// Unfinished work. It violates no invariant, and the next run continues it.
  package let notes: [VerificationNote]

  package var isClean: Bool { findings.isEmpty }
}

package struct VerificationNote: Hashable, Sendable {
  package let work: UnfinishedWork
  package let count: Int

  package init(work: UnfinishedWork, count: Int) {
    self.work = work
    self.count = count
  }
}

/// Work that a run, dead or still running, has not finished.
package enum UnfinishedWork: String, Sendable, CaseIterable {
  case claimsReceived = "claims received and not decided"
  case claimsDecided = "claims decided whose payment is not on record"
  case claimsUnaudited = "claims closed and not audited"
  case keysPending = "keys pending"
  case sagasUnderWay = "payment sagas under way"
  case intentsAtBank = "intended payments that the bank has made already"
  case checkRunsOpen = "check runs whose files are not all written"
  case formsWaiting = "paper forms that wait for a person"
  case tablesUnchecked =
    "databases in which nothing may be made: tables were not compared with those this program makes"
  case limitsUnchecked =
    "of the rulesets unknown here: limits were not checked for all claims; --plans names the rules that decided them"
}

/// The amount of data checked, and its sums.
package struct VerificationTotals: Hashable, Sendable {
  package var claims = 0
  package var keys = 0
  package var events = 0
  package var payments = 0
  /// Transfers read from the bank's books; zero without a bank.
  package var transfers = 0
  package var charged = Money.zero
  package var allowed = Money.zero
  package var paid = Money.zero
  package var memberResponsibility = Money.zero

  package init() {}
}

/// The sums of a verification in progress. Its size does not depend on the size of the store.
struct VerificationTally: Sendable {
  private(set) var totals = VerificationTotals()
  private(set) var findings: Set<Finding> = []
  private(set) var findingsLeftOff = 0
  private(set) var work: [UnfinishedWork: Int] = [:]
  /// The number of accumulator entries that decisions account for.
  var accumulatorEntries = 0

  /// Whether the tables differ from those this program makes, so that statements may fail because of it.
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

  /// - Throws: `MoneyError.overflow` when a sum exceeds 64 bits.
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
