package import DurableExecution

/// The payees to whom nothing is paid until a person lifts the hold.
///
/// A hold and the intents to pay exclude each other by a lock: every transaction that may commit to a payment takes it
/// shared (`PayingLook`), and a hold takes it exclusively. So once a hold is committed, no payment to the payee begins.
package protocol PayeeHolds {
  /// The hold on a payee now; nil for none.
  func hold(on payee: String) throws -> PayeeHold?

  /// A page of the payees on hold, by name.
  func payeesOnHold(after payee: String?, limit: Int) throws -> [PayeeHold]

  /// Puts a payee on hold. Waits for the payments that are being committed to.
  ///
  /// - Returns: the hold, and whether it is new; one that was there is left as it is.
  func hold(_ payee: String, by signOff: SignOff) throws -> (hold: PayeeHold, isNew: Bool)

  /// Lifts the hold on a payee.
  ///
  /// - Returns: the hold; nil if the payee was on none.
  func liftHold(on payee: String, by signOff: SignOff) throws -> PayeeHold?
}

/// A payee on hold: since when, by whom, and why.
package struct PayeeHold: Hashable, Sendable {
  /// The payee's reference at the bank: `Payee.reference`.
  package var payee: String
  /// The number of this hold among those of its payee, starting at 1.
  package var number: Int
  package var since: Timestamp
  package var person: String
  package var reason: String
  /// The payments to the payee that had been committed to when the hold began. The bank may have them, so they go on.
  package var underWay: Int

  package init(payee: String, number: Int, since: Timestamp, person: String, reason: String, underWay: Int) {
    self.payee = payee
    self.number = number
    self.since = since
    self.person = person
    self.reason = reason
    self.underWay = underWay
  }
}

extension OperatorAct {
  package static let hold = "hold"
  package static let liftHold = "lift-hold"
}

extension KeyText {
  /// The name under which the acts on a payee are on record.
  package static func acts(onPayee payee: String) -> KeyText { KeyText(effect: "payee", segments: [payee]) }
}
