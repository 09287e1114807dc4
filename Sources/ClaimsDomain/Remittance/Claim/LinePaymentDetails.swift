/// What an 835 says of a service line besides its amounts (loop 2110).
package struct LinePaymentDetails: Hashable, Sendable {
  /// SVC01, what was adjudicated. A revenue code alone goes under qualifier NU.
  package var procedure: ProcedureCode
  /// SVC04, beside a procedure.
  package var revenueCode: String?
  /// SVC05.
  package var unitsPaid: Units
  /// SVC07, where it differs from what was paid.
  package var unitsSubmitted: Units?
  /// DTM*472, or 150 and 151 for more than a day.
  package var serviceDates: DateRange?
  /// REF*6R: the provider's number of the line, as it was sent.
  package var controlNumber: String?
  package var references: [RemittanceReference]
  package var amounts: [SupplementalAmount]
  /// LQ*HE, remark codes (RARC).
  package var remarks: [String]

  package init(
    procedure: ProcedureCode, revenueCode: String? = nil, unitsPaid: Units = .one, unitsSubmitted: Units? = nil,
    serviceDates: DateRange? = nil, controlNumber: String? = nil, references: [RemittanceReference] = [],
    amounts: [SupplementalAmount] = [], remarks: [String] = []
  ) {
    self.procedure = procedure
    self.revenueCode = revenueCode
    self.unitsPaid = unitsPaid
    self.unitsSubmitted = unitsSubmitted
    self.serviceDates = serviceDates
    self.controlNumber = controlNumber
    self.references = references
    self.amounts = amounts
    self.remarks = remarks
  }
}
