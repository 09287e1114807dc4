/// What an 835 reports about a claim in addition to its amounts (loop 2100).
package struct ClaimPaymentDetails: Hashable, Sendable {
  /// CLP06: `12` PPO, `HM` HMO, `MC` Medicaid, and others.
  package var filingIndicator: String
  /// CLP08: the place of service, or the first two digits of the type of bill.
  package var facilityCode: String?
  /// CLP09, institutional claims only.
  package var frequency: String?
  /// NM1*QC.
  package var patient: RemittedPerson
  /// NM1*IL, when the insured is not the patient.
  package var insured: RemittedPerson?
  package var serviceProvider: RemittedProvider?
  package var remarks: ClaimRemarks?
  /// DTM*232 and 233, for claims without dates on their lines.
  package var statementDates: DateRange?
  /// DTM*050.
  package var receivedOn: CalendarDate?
  package var references: [RemittanceReference]
  package var amounts: [SupplementalAmount]

  package init(
    filingIndicator: String, facilityCode: String? = nil, frequency: String? = nil, patient: RemittedPerson,
    insured: RemittedPerson? = nil, serviceProvider: RemittedProvider? = nil, remarks: ClaimRemarks? = nil,
    statementDates: DateRange? = nil, receivedOn: CalendarDate? = nil, references: [RemittanceReference] = [],
    amounts: [SupplementalAmount] = []
  ) {
    self.filingIndicator = filingIndicator
    self.facilityCode = facilityCode
    self.frequency = frequency
    self.patient = patient
    self.insured = insured
    self.serviceProvider = serviceProvider
    self.remarks = remarks
    self.statementDates = statementDates
    self.receivedOn = receivedOn
    self.references = references
    self.amounts = amounts
  }
}

/// Remark codes (RARC) of a claim as a whole: MOA, or MIA for an inpatient stay. There is room for five.
package enum ClaimRemarks: Hashable, Sendable {
  /// MOA03 to MOA07.
  case outpatient([String])
  /// MIA01 is the covered days; MIA05 and MIA20 to MIA23 are the remarks.
  case inpatient(coveredDays: Int, [String])

  package static let limit = 5

  package var codes: [String] {
    switch self {
    case .outpatient(let codes), .inpatient(_, let codes): codes
    }
  }
}
