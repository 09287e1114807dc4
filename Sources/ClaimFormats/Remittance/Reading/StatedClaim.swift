package import ClaimsDomain

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
