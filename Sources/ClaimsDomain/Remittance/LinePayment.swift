/// The result of one service line (SVC), as reported to the provider. Its balance is checked when it becomes part of a
/// `ClaimPayment`, which knows the line's position.
package struct LinePayment: Hashable, Sendable {
  /// SVC02.
  package let charge: Money
  /// SVC03.
  package let paid: Money
  /// Adjustments of the same group are adjacent, as in CAS segments.
  package let adjustments: [RemittedAdjustment]
  package let details: LinePaymentDetails

  package init(charge: Money, paid: Money, adjustments: [RemittedAdjustment], details: LinePaymentDetails) {
    self.charge = charge
    self.paid = paid
    self.adjustments = adjustments.gatheredByGroup
    self.details = details
  }

  /// - Throws: `RemittanceError` when the line does not balance, or an amount has the wrong sign or size.
  func check(at place: RemittancePlace, isReversal: Bool) throws(RemittanceError) {
    let difference: RemittanceDifference?
    do throws(MoneyError) {
      difference = try RemittanceBalance.ofLine(charge: charge, adjustments: adjustments.map(\.amount), paid: paid)
    } catch {
      throw .overflow(at: place)
    }
    if let difference { throw .imbalance(difference, at: place) }
    try RemittedAmounts.check(
      charge: charge, paid: paid, adjustments: adjustments, supplements: details.amounts, at: place,
      isReversal: isReversal)
  }
}

/// What an 835 reports about a service line in addition to its amounts (loop 2110).
package struct LinePaymentDetails: Hashable, Sendable {
  /// SVC01, the adjudicated procedure. A revenue code alone uses qualifier NU.
  package var procedure: ProcedureCode
  /// SVC04, in addition to a procedure.
  package var revenueCode: String?
  /// SVC05.
  package var unitsPaid: Units
  /// SVC07, when different from the units paid.
  package var unitsSubmitted: Units?
  /// DTM*472, or 150 and 151 for more than one day.
  package var serviceDates: DateRange?
  /// REF*6R: the provider's number for the line, as submitted.
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

extension LinePayment {
  /// - Parameter service: The line as submitted; nil when the claim has no line with this number.
  /// - Throws: `MoneyError.overflow` when the sum of the adjustments overflows 64 bits.
  init(_ line: LineDecision, of service: ServiceLine?) throws(MoneyError) {
    let submitted = service?.units ?? .one
    let paid = line.isDenied ? Units(0) : submitted
    let remarks = line.adjustments.compactMap(\.remark).reduce(into: [String]()) { remarks, remark in
      if !remarks.contains(remark) { remarks.append(remark) }
    }
    self.init(
      charge: line.charge, paid: line.paid, adjustments: try line.adjustments.joinedByCode(),
      details: LinePaymentDetails(
        procedure: service?.procedure ?? ProcedureCode(qualifier: "NU", code: line.code),
        revenueCode: service?.procedure == nil ? nil : service?.revenueCode, unitsPaid: paid,
        unitsSubmitted: paid == submitted ? nil : submitted, serviceDates: service?.serviceDates,
        controlNumber: service?.controlNumber, amounts: line.isDenied ? [] : [.allowed(line.allowed)], remarks: remarks)
    )
  }
}

extension [Adjustment] {
  /// Combines adjustments so that each group and reason appears once in the CAS, however many rules produced it. Zero
  /// sums are left out.
  fileprivate func joinedByCode() throws(MoneyError) -> [RemittedAdjustment] {
    var joined: [RemittedAdjustment] = []
    for adjustment in self {
      if let index = joined.firstIndex(where: { $0.group == adjustment.group && $0.reason == adjustment.reason }) {
        joined[index] = RemittedAdjustment(
          adjustment.group, adjustment.reason, try joined[index].amount + adjustment.amount)
      } else {
        joined.append(RemittedAdjustment(adjustment))
      }
    }
    return joined.filter { $0.amount != .zero }
  }
}
