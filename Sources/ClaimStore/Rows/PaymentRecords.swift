package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// Payments as the store knows them. The database allows at most one standing payment per claim, whatever the keys.
package protocol PaymentRecords {
  func payments(_ ids: [PaymentID]) throws -> [PaymentID: PaymentRow]

  /// Inserts payments. Call `recover` for the withheld amounts first, because payments record the step of the payee's
  /// balance.
  ///
  /// - Throws: `StoreFailure.constraint` when a claim already has a standing payment.
  func insert(_ payments: [PaymentRow]) throws

  /// Updates payments. For reversed payments, call `owe` first, because they record the step of the payee's balance
  /// too.
  func update(_ payments: [PaymentRow]) throws

  /// The payments of these claims, ordered by ID.
  func payments(of claims: [ClaimIntakeID]) throws -> [PaymentRow]
}

package struct PaymentRow: Hashable, Sendable {
  package var id: PaymentID
  package var claimID: ClaimIntakeID
  package var eobID: EOBID
  package var effectKey: KeyText
  package var trackingID: TrackingID?
  package var payee: Payee
  /// The amount that the bank transfers: the decided amount plus interest, less what is withheld.
  package var amount: Money
  /// The interest for late payment.
  package var interest: Money
  /// The days by which the payment is late, through the day it was intended; nil if it is on time. A correction has the
  /// late days of the payment it corrects.
  package var late: DateRange?
  /// The part of the decided amount that is not paid out, because the payee owes it from reversals.
  package var withheld: Money
  package var state: State
  /// The bank's number for the transfer, once money has moved.
  package var transferID: String?
  /// What the bank has signed about the transfer, verbatim (`TransferReceipt`); nil if it has signed nothing.
  package var receipt: String?
  /// What the bank has signed about the transfer that brought the money back.
  package var returnReceipt: String?

  package enum State: String, Sendable, CaseIterable {
    /// The payment is about to be made: its outcome may be unknown, and no other payment may be made.
    case intended
    case paid
    /// The claim was closed without money: it was denied, or the member owes all of it.
    case nothingDue = "nothing-due"
    case refused
    case voided
    /// The payment's decision was reversed: the money is not returned, and the payee owes it.
    case reversed

    /// Whether the payment prevents another payment of the same claim.
    package var isStanding: Bool {
      switch self {
      case .intended, .paid, .nothingDue: true
      case .refused, .voided, .reversed: false
      }
    }
  }

  package init(
    id: PaymentID, claimID: ClaimIntakeID, eobID: EOBID, effectKey: KeyText, trackingID: TrackingID?, payee: Payee,
    amount: Money, interest: Money = .zero, late: DateRange? = nil, withheld: Money = .zero, state: State,
    transferID: String? = nil, receipt: String? = nil, returnReceipt: String? = nil
  ) {
    self.id = id
    self.claimID = claimID
    self.eobID = eobID
    self.effectKey = effectKey
    self.trackingID = trackingID
    self.payee = payee
    self.amount = amount
    self.interest = interest
    self.late = late
    self.withheld = withheld
    self.state = state
    self.transferID = transferID
    self.receipt = receipt
    self.returnReceipt = returnReceipt
  }
}

/// The amounts that payees owe for reversed payments, until later payments have offset them.
package protocol PayeeBalances {
  /// The amounts that these payees owe. Payees who owe nothing are absent.
  func owed(by payees: [String]) throws -> [String: Money]

  /// Adds to the amounts owed.
  func owe(_ balances: [PayeeBalance]) throws

  /// Subtracts from the amounts owed.
  ///
  /// - Throws: `StoreFailure.stale` if a payee now owes less.
  func recover(_ balances: [PayeeBalance]) throws
}

package struct PayeeBalance: Hashable, Sendable {
  /// The payee's reference at the bank: `Payee.reference`.
  package var payee: String
  /// Above zero.
  package var owed: Money

  package init(payee: String, owed: Money) {
    self.payee = payee
    self.owed = owed
  }
}

extension Sequence<PayeeBalance> {
  /// One balance per payee, in the order in which balances are locked.
  ///
  /// - Throws: `MoneyError.overflow`.
  package func summed() throws(MoneyError) -> [PayeeBalance] {
    var sums: [String: Money] = [:]
    for balance in self where balance.owed != .zero {
      sums[balance.payee] = try (sums[balance.payee] ?? .zero) + balance.owed
    }
    return sums.map { PayeeBalance(payee: $0.key, owed: $0.value) }.sorted { $0.payee < $1.payee }
  }
}
