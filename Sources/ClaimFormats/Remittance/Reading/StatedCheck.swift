package import ClaimsDomain

/// The header of a transaction as stated: the payment and the two parties.
package struct StatedCheck: Hashable, Sendable {
  /// The number of its ST segment, from 1 through the file.
  package var segment: Int
  /// ST02.
  package var control: String?
  /// The number of its BPR segment.
  package var paymentSegment: Int?
  /// BPR01.
  package var handling: String?
  /// BPR02.
  package var amount: Money?
  /// BPR04.
  package var method: String?
  /// Nil unless both accounts are stated.
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

/// A payer or payee (loop 1000A or 1000B) as stated.
package struct StatedParty: Hashable, Sendable {
  package var name: String?
  /// N103.
  package var qualifier: String?
  /// N104.
  package var identifier: String?
  package var addressLines: [String] = []
  package var city: String?
  package var state: String?
  package var postalCode: String?
  package var references: [RemittanceReference] = []
  /// The first PER segment of each function: CX, BL.
  package var contacts: [String: RemittanceContact] = [:]
  /// The website from PER*IC.
  package var website: String?
}

/// One pair of a PLB segment as stated.
package struct StatedProviderAdjustment: Hashable, Sendable {
  /// PLB03-1.
  package var reason: String
  /// PLB03-2.
  package var reference: String?
  package var amount: Money
}

/// One PLB segment as stated.
package struct StatedProviderAdjustments: Hashable, Sendable {
  package var segment: Int
  /// PLB01.
  package var provider: String?
  /// PLB02.
  package var fiscalPeriodEnd: CalendarDate?
  package var adjustments: [StatedProviderAdjustment] = []
  package var problems: [StatedProblem] = []
}

/// A part of an 835 file, in the file's order. Between `opened` and `closed` are the claims and provider adjustments of
/// one transaction. Nothing larger than a claim is held in memory.
package enum RemittanceItem: Hashable, Sendable {
  case opened(StatedCheck)
  case claim(StatedClaim)
  /// One PLB segment, with its problems.
  case adjusted(StatedProviderAdjustments)
  case closed
}
