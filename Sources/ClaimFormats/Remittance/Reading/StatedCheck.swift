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

/// A claim (loop 2100) as somebody's 835 states it, not believed: what is absent or cannot be read is nil, and
/// `problems` says where.
package struct StatedClaim: Hashable, Sendable {
  /// Position in the transaction, from 1.
  package var ordinal: Int
  /// Of its CLP, from 1 through the file.
  package var segment: Int
  package var claimNumber: String?
  package var status: String?
  package var charge: Money?
  package var paid: Money?
  /// CLP04 is not there at all, so the claim states no payment.
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

/// A service line (loop 2110) as stated: what is absent or cannot be read is nil.
package struct StatedLine: Hashable, Sendable {
  /// Of its SVC, from 1 through the file.
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

/// Loop 1000A or 1000B as stated.
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
  /// The first PER of each function: CX, BL.
  package var contacts: [String: RemittanceContact] = [:]
  /// PER*IC.
  package var website: String?
}

/// A CAS triplet as somebody's 835 states it. Groups and reasons are whatever was sent: the 4010 guide had CR, which
/// the 5010 dropped (RFI 1147).
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

/// What comes out of an 835 file, in the file's own order. Between `opened` and `closed` are the claims and provider
/// adjustments of one transaction; nothing larger than a claim is held.
package enum RemittanceItem: Hashable, Sendable {
  case opened(StatedCheck)
  case claim(StatedClaim)
  /// One PLB segment, and what in it cannot be read.
  case adjusted(StatedProviderAdjustments)
  case closed
}
