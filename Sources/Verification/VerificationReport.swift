package import ClaimsDomain

/// What a verification looked at and what it found.
package struct VerificationReport: Hashable, Sendable {
  package let totals: VerificationTotals
  /// In order of invariant and subject; the first of them when there are more than the verifier keeps.
  package let findings: [Finding]
  /// How many more there were.
  package let findingsLeftOff: Int
  /// Work that is not finished, which is no break: whoever runs next goes on with it.
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

/// What a run that died, or still runs, leaves for the next.
package enum UnfinishedWork: String, Sendable, CaseIterable {
  case claimsReceived = "claims received and not decided"
  case claimsDecided = "claims decided whose payment is not on record"
  case claimsUnaudited = "claims closed and not audited"
  case keysPending = "keys pending"
  case sagasUnderWay = "payment sagas under way"
  case intentsAtBank = "intended payments that the bank has made already"
  case checkRunsOpen = "check runs whose files are not all written"
  case tablesUnchecked =
    "databases in which nothing may be made: tables were not compared with those this program makes"
  case limitsUnchecked = "rulesets that claims were decided by and that are not at hand: limits were not checked"
}

/// How much was checked, and what it comes to.
package struct VerificationTotals: Hashable, Sendable {
  package var claims = 0
  package var keys = 0
  package var events = 0
  package var payments = 0
  /// Read from the bank's books; zero without a bank.
  package var transfers = 0
  package var charged = Money.zero
  package var allowed = Money.zero
  package var paid = Money.zero
  package var memberResponsibility = Money.zero

  package init() {}
}
