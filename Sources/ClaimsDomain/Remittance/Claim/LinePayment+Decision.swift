extension LinePayment {
  /// - Parameter service: the line as it was submitted; nil where the claim has none of this number.
  /// - Throws: `MoneyError.overflow` when the adjustments do not add up within 64 bits.
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
  /// A group and reason stand once in a CAS, however many rules came to them; those that come to nothing are left out.
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
