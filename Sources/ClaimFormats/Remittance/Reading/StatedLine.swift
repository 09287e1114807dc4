package import ClaimsDomain

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
