package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// Payments as we know them. The database allows at most one standing payment for a claim, whatever the keys say.
package protocol PaymentRecords {
  func payments(_ ids: [PaymentID]) throws -> [PaymentID: PaymentRow]

  /// After what they withhold was recovered: they keep the step of the payee's balance.
  ///
  /// - Throws: `StoreFailure.constraint` when a claim has a standing payment already.
  func insert(_ payments: [PaymentRow]) throws

  /// Reversed ones after what their payees owe for it was added: they keep the step of the payee's balance too.
  func update(_ payments: [PaymentRow]) throws
}

package struct PaymentRow: Hashable, Sendable {
  package var id: PaymentID
  package var claimID: ClaimIntakeID
  package var eobID: EOBID
  package var effectKey: KeyText
  package var trackingID: TrackingID?
  package var payee: Payee
  /// What the bank moves: what was decided and the interest on it, without what is withheld.
  package var amount: Money
  /// What is added since the payment comes late.
  package var interest: Money
  /// The days it comes late, up to the day on which it was intended; nil in time. A payment that corrects another has the
  /// days of that one.
  package var late: DateRange?
  /// The part of what was decided that is not paid out, since the payee owes it from reversals.
  package var withheld: Money
  package var state: State
  /// The bank's number, once money has moved.
  package var transferID: String?

  package enum State: String, Sendable, CaseIterable {
    /// About to be made: nothing may be known of it yet, and nobody may make another.
    case intended
    case paid
    /// Closed without money: denied, or the member owes all of it.
    case nothingDue = "nothing-due"
    case refused
    case voided
    /// Its decision was reversed: the money stays where it is, and the payee owes it.
    case reversed

    /// Whether it stands in the way of another payment of the same claim.
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
    transferID: String? = nil
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
  }
}

/// What payees owe: payments whose decision was reversed, until later payments have made up for them.
package protocol PayeeBalances {
  /// Payees who owe nothing are absent.
  func owed(by payees: [String]) throws -> [String: Money]

  /// Adds to what they owe.
  func owe(_ balances: [PayeeBalance]) throws

  /// Takes from what they owe.
  ///
  /// - Throws: `StoreFailure.stale` where one owes less by now.
  func recover(_ balances: [PayeeBalance]) throws
}

package struct PayeeBalance: Hashable, Sendable {
  /// As the bank knows them: `Payee.reference`.
  package var payee: String
  /// Above zero.
  package var owed: Money

  package init(payee: String, owed: Money) {
    self.payee = payee
    self.owed = owed
  }
}

extension Sequence<PayeeBalance> {
  /// One a payee, in the order in which they are locked.
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
