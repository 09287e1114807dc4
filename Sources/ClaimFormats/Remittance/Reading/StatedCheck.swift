package import ClaimsDomain

/// The header of a transaction as stated: the money and the two parties.
package struct StatedCheck: Hashable, Sendable {
  /// Of its ST, from 1 through the file.
  package var segment: Int
  /// ST02.
  package var control: String?
  /// Of its BPR.
  package var paymentSegment: Int?
  /// BPR01.
  package var handling: String?
  /// BPR02.
  package var amount: Money?
  /// BPR04.
  package var method: String?
  /// Nil unless both accounts are told.
  package var transfer: FundsTransfer?
  package var date: CalendarDate?
  /// TRN02.
  package var trace: String?
  /// TRN03.
  package var originator: String?
  package var receiverID: String?
  package var producedOn: CalendarDate?
  package var payer = StatedParty()
  package var payee = StatedParty()
  package var problems: [StatedProblem] = []
}
