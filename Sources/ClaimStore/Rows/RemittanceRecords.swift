package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// Check runs: what is due to be told to providers, what they were told, and in which file. The database allows each
/// claim's outcome to be told once.
package protocol RemittanceRecords {
  /// The run that is under way, if one is; there is one at a time. Locks it until the transaction ends.
  func openCheckRun() throws -> CheckRunRow?

  /// Begins a run of everything that is closed, audited and not told yet. From then on it is this run's.
  ///
  /// - Returns: nil where nothing is due, and then no run is begun.
  func beginCheckRun(on day: CalendarDate) throws -> CheckRunRow?

  /// Ends a run. Nothing more may be due in it.
  func close(_ run: CheckRunRow) throws

  /// The claims that are next to be told: of one payee, so many at most; reversals first. Empty when all is told.
  func due(in run: CheckRunRow, limit: Int) throws -> [DueClaim]

  /// Leaves claims for a later run.
  func holdBack(_ claims: [DueClaim]) throws

  /// The latest there is, whatever its run.
  func lastRemittance(to payee: String) throws -> RemittanceRow?

  /// One after the last, from 1.
  func nextRemittanceNumber() throws -> Int

  /// - Throws: `StoreFailure.stale` when one of the claims was told already; `StoreFailure.constraint`.
  func insert(_ remittance: RemittanceRow, telling claims: [DueClaim]) throws

  /// In order of number.
  func remittances(in run: CheckRunRow, after number: Int, limit: Int) throws -> [RemittanceRow]

  /// The newest, oldest first.
  func remittances(limit: Int) throws -> [RemittanceRow]

  func remittance(_ id: RemittanceID) throws -> RemittanceRow?

  /// What the provider of a claim was told of it, reversals first.
  func told(of claim: ClaimIntakeID) throws -> [ToldPart]

  /// A page of all there are, in order of number, and what the rows of their claims come to.
  func remittedTotals(after number: Int, limit: Int) throws -> [RemittedTotals]
}

/// A claim whose outcome, or whose reversal, is to be told.
package struct DueClaim: Hashable, Sendable {
  package var claimID: ClaimIntakeID
  package var part: Part
  /// Of the outcome.
  package var paymentID: PaymentID
  /// The payee's reference.
  package var payee: String

  /// In the order in which they are told: text that sorts so.
  package enum Part: String, Sendable, CaseIterable {
    /// What was told of the claim is taken back.
    case reversal
    /// How the claim was settled.
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
  /// Counts runs, from 1.
  package var number: Int
  /// The day of its checks.
  package var day: CalendarDate

  package init(number: Int, day: CalendarDate) {
    self.number = number
    self.day = day
  }
}

/// A remittance that was made. Its file is the response of its key.
package struct RemittanceRow: Hashable, Sendable {
  package var id: RemittanceID
  /// Counts remittances, from 1: the control number of the file.
  package var number: Int
  package var run: Int
  package var payee: Payee
  package var effectKey: KeyText
  package var claimCount: Int
  /// CLP04 of all its claims.
  package var claimsPaid: Money
  /// PLB L6, what was paid for paying them late; reversals below zero.
  package var interest: Money
  /// BPR02: what the bank has moved for them.
  package var amount: Money
  /// What the payee owed before and owes after.
  package var carriedIn: ForwardedBalance?
  package var carriedOut: ForwardedBalance?
  /// SHA-256 of the file, hex.
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

/// A remittance beside what the claims and payments it tells of come to now.
package struct RemittedTotals: Hashable, Sendable {
  package var remittance: RemittanceRow
  package var claimCount: Int
  /// Of what was decided to be paid, reversals below zero.
  package var claimsPaid: Money
  /// Of what was added for paying late, reversals below zero.
  package var interest: Money
  /// Of what the bank was told to move.
  package var moved: Money
  /// Those that are not closed.
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

/// That a claim's provider was told of it, or that this is due.
package struct ToldPart: Hashable, Sendable {
  package var part: DueClaim.Part
  /// Nil as long as the check run has not come to it.
  package var remittance: RemittanceID?

  package init(part: DueClaim.Part, remittance: RemittanceID?) {
    self.part = part
    self.remittance = remittance
  }
}
