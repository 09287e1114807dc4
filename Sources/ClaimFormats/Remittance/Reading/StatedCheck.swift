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

/// A claim (loop 2100) as an 835 states it, unverified. Values that are absent or cannot be read are nil, and
/// `problems` says where.
package struct StatedClaim: Hashable, Sendable {
  /// The position in the transaction, from 1.
  package var ordinal: Int
  /// The number of its CLP segment, from 1 through the file.
  package var segment: Int
  package var claimNumber: String?
  package var status: String?
  package var charge: Money?
  package var paid: Money?
  /// True when CLP04 is absent, so the claim states no payment.
  package var lacksPayment = false
  /// CLP05.
  package var responsibility: Money?
  package var filingIndicator: String?
  package var controlNumber: String?
  package var facilityCode: String?
  package var frequency: String?
  package var adjustments: [StatedAdjustment] = []
  package var patient: RemittedPerson?
  package var insured: RemittedPerson?
  package var serviceProvider: RemittedProvider?
  package var remarks: ClaimRemarks?
  package var statementFrom: CalendarDate?
  package var statementTo: CalendarDate?
  package var receivedOn: CalendarDate?
  package var references: [RemittanceReference] = []
  package var amounts: [SupplementalAmount] = []
  package var lines: [StatedLine] = []
  package var problems: [StatedProblem] = []
}

/// A service line (loop 2110) as stated. Values that are absent or cannot be read are nil.
package struct StatedLine: Hashable, Sendable {
  /// The number of its SVC segment, from 1 through the file.
  package var segment: Int
  package var procedure: ProcedureCode?
  package var charge: Money?
  package var paid: Money?
  package var revenueCode: String?
  package var unitsPaid: Units?
  package var unitsSubmitted: Units?
  package var adjustments: [StatedAdjustment] = []
  package var firstDay: CalendarDate?
  package var lastDay: CalendarDate?
  package var controlNumber: String?
  package var references: [RemittanceReference] = []
  package var amounts: [SupplementalAmount] = []
  package var remarks: [String] = []
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

/// A CAS triplet as an 835 states it. Groups and reasons are kept as sent: the 4010 guide had CR, which the 5010 guide
/// dropped (RFI 1147).
package struct StatedAdjustment: Hashable, Sendable {
  package var group: String
  package var reason: String
  package var amount: Money
  package var quantity: Units?
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
