package import ClaimsDomain

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

/// A CAS triplet as an 835 states it. Groups and reasons are kept as sent: the 4010 guide had CR, which the 5010 guide
/// dropped (RFI 1147).
package struct StatedAdjustment: Hashable, Sendable {
  package var group: String
  package var reason: String
  package var amount: Money
  package var quantity: Units?
}
