/// The outcome of one functional group received: its own 999 transaction (TR3 005010X231A1).
package struct GroupAcknowledgment: Hashable, Sendable {
  /// The group's interchange; nil when it had no header.
  package var interchange: X12Interchange?
  /// GS01 of the group: `HC` for claims.
  package var functionalIdentifier: String
  /// GS06.
  package var control: String
  /// GS08.
  package var version: String
  /// GE01 as stated, or the number of transactions received when there is no GE.
  package var statedTransactions: Int
  package var transactions: [TransactionAcknowledgment]
  package var faults: [Fault]
  /// Whether the group's own faults reject it.
  package var isRejected: Bool

  /// AK905 and the elements after it.
  package enum Fault: String, Hashable, Sendable {
    case otherGroup = "1"
    case unreadVersion = "2"
    case missingTrailer = "3"
    case wrongControlNumber = "4"
    case wrongCount = "5"
    case repeatedControlNumber = "19"
  }

  package init(
    functionalIdentifier: String, control: String, version: String, statedTransactions: Int,
    transactions: [TransactionAcknowledgment], faults: [Fault] = [], isRejected: Bool = false,
    interchange: X12Interchange? = nil
  ) {
    self.interchange = interchange
    self.functionalIdentifier = functionalIdentifier
    self.control = control
    self.version = version
    self.statedTransactions = statedTransactions
    self.transactions = transactions
    self.faults = faults
    self.isRejected = isRejected
  }

  package var accepted: Int { isRejected ? 0 : transactions.count { $0.status != .rejected } }

  /// AK901: accepted, accepted with errors noted, partly accepted, rejected.
  package var status: String {
    if isRejected || (accepted == 0 && !transactions.isEmpty) { return "R" }
    if accepted < transactions.count { return "P" }
    return faults.isEmpty && transactions.allSatisfy { $0.status == .accepted } ? "A" : "E"
  }
}
