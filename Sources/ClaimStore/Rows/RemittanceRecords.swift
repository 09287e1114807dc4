package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// Check runs: the claims due to be reported to providers, the reports made, and their remittances. The database allows
/// each claim's outcome to be reported once.
package protocol RemittanceRecords {
  /// The open run, if there is one; only one is open at a time. Locks check runs until the transaction ends.
  func openCheckRun() throws -> CheckRunRow?

  /// When the latest run was begun; nil before the first.
  func lastCheckRunBegan() throws -> Timestamp?

  /// Starts a run with everything that is closed, audited, and not yet reported. These claims then belong to this run.
  ///
  /// - Returns: nil if nothing is due; then no run is started.
  func beginCheckRun(on day: CalendarDate) throws -> CheckRunRow?

  /// Closes a run. Nothing more may be due in it.
  func close(_ run: CheckRunRow) throws

  /// The next claims to report: all of one payee, at most `limit` of them, reversals first. Empty when all are
  /// reported.
  func due(in run: CheckRunRow, limit: Int) throws -> [DueClaim]

  /// Leaves claims for a later run.
  func holdBack(_ claims: [DueClaim]) throws

  /// The payee's latest remittance, from any run.
  func lastRemittance(to payee: String) throws -> RemittanceRow?

  /// The number after that of the last remittance; 1 for the first.
  func nextRemittanceNumber() throws -> Int

  /// - Throws: `StoreFailure.stale` when one of the claims was already reported; `StoreFailure.constraint`.
  func insert(_ remittance: RemittanceRow, telling claims: [DueClaim]) throws

  /// The remittances of a run, ordered by number.
  func remittances(in run: CheckRunRow, after number: Int, limit: Int) throws -> [RemittanceRow]

  /// The newest remittances before the one with a number, oldest first. A nil number is beyond all.
  func remittances(before number: Int?, limit: Int) throws -> [RemittanceRow]

  func remittance(_ id: RemittanceID) throws -> RemittanceRow?

  /// What was reported about a claim to its provider, reversals first.
  func told(of claim: ClaimIntakeID) throws -> [ReportedPart]

  /// A page of all remittances, ordered by number, with the totals of their claims' rows.
  func remittedTotals(after number: Int, limit: Int) throws -> [RemittedTotals]
}

/// A claim whose outcome or reversal is due to be reported.
package struct DueClaim: Hashable, Sendable {
  package var claimID: ClaimIntakeID
  package var part: Part
  /// The payment of the outcome.
  package var paymentID: PaymentID
  /// The payee's reference.
  package var payee: String

  /// The parts of a report. The raw values sort in the order of reporting.
  package enum Part: String, Sendable, CaseIterable {
    /// The earlier report of the claim is reversed.
    case reversal
    /// The outcome of the claim.
    case settlement
  }

  package init(claimID: ClaimIntakeID, part: Part, paymentID: PaymentID, payee: String) {
    self.claimID = claimID
    self.part = part
    self.paymentID = paymentID
    self.payee = payee
  }
}

package struct CheckRunRow: Hashable, Sendable {
  /// The number of the run, starting at 1.
  package var number: Int
  /// The date of the run's checks.
  package var day: CalendarDate

  package init(number: Int, day: CalendarDate) {
    self.number = number
    self.day = day
  }
}

/// A remittance that was made. Its file is the response of its key.
package struct RemittanceRow: Hashable, Sendable {
  package var id: RemittanceID
  /// The number of the remittance, starting at 1: the control number of the file.
  package var number: Int
  package var run: Int
  package var payee: Payee
  package var effectKey: KeyText
  package var claimCount: Int
  /// The total of CLP04 over all claims.
  package var claimsPaid: Money
  /// The interest for late payment in PLB L6; reversals are negative.
  package var interest: Money
  /// BPR02: the amount that the bank has transferred for the claims.
  package var amount: Money
  /// The payee's debt before and after this remittance.
  package var carriedIn: ForwardedBalance?
  package var carriedOut: ForwardedBalance?
  /// SHA-256 of the file, in hex.
  package var digest: String

  package init(
    id: RemittanceID, number: Int, run: Int, payee: Payee, effectKey: KeyText, claimCount: Int, claimsPaid: Money,
    interest: Money, amount: Money, carriedIn: ForwardedBalance?, carriedOut: ForwardedBalance?, digest: String
  ) {
    self.id = id
    self.number = number
    self.run = run
    self.payee = payee
    self.effectKey = effectKey
    self.claimCount = claimCount
    self.claimsPaid = claimsPaid
    self.interest = interest
    self.amount = amount
    self.carriedIn = carriedIn
    self.carriedOut = carriedOut
    self.digest = digest
  }
}

/// A remittance with the current totals of the claims and payments it reports.
package struct RemittedTotals: Hashable, Sendable {
  package var remittance: RemittanceRow
  package var claimCount: Int
  /// The total of the decided payments; reversals are negative.
  package var claimsPaid: Money
  /// The total interest for late payment; reversals are negative.
  package var interest: Money
  /// The total that the bank was instructed to transfer.
  package var moved: Money
  /// The number of claims that are not closed.
  package var unsettled: Int

  package init(
    remittance: RemittanceRow, claimCount: Int, claimsPaid: Money, interest: Money, moved: Money, unsettled: Int
  ) {
    self.remittance = remittance
    self.claimCount = claimCount
    self.claimsPaid = claimsPaid
    self.interest = interest
    self.moved = moved
    self.unsettled = unsettled
  }
}

/// A report of a claim to its provider, made or due.
package struct ReportedPart: Hashable, Sendable {
  package var part: DueClaim.Part
  /// Nil until the check run has made the report.
  package var remittance: RemittanceID?

  package init(part: DueClaim.Part, remittance: RemittanceID?) {
    self.part = part
    self.remittance = remittance
  }
}
