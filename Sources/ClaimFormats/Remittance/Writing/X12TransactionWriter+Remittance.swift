import ClaimsDomain

extension X12TransactionWriter {
  /// ST to SE of an 835: header, claims, provider adjustments.
  mutating func write(_ advice: RemittanceAdvice) throws(X12WriteError) {
    try write(advice.payment)
    if let receiver = advice.receiverID { try segment("REF", .code("EV"), .id(receiver, 50)) }
    try segment("DTM", .code("405"), .day(advice.producedOn))
    try write(advice.payer)
    try write(advice.payee)
    if !advice.claims.isEmpty { try segment("LX", .number(1)) }
    for claim in advice.claims { try write(claim) }
    try writeProviderAdjustments(of: advice)
  }

  private mutating func write(_ payment: RemittancePayment) throws(X12WriteError) {
    // BPR01 I: money and remittance go different ways; H: there is no money, only this notification.
    let handling = payment.method == .none ? "H" : "I"
    let beginning: [X12Element] = [.code(handling), .amount(payment.amount), .code("C")]
    let transfer: [X12Element]
    switch payment.method {
    case .check: transfer = [.code("CHK")] + Array(repeating: .empty, count: 11)
    case .none: transfer = [.code("NON")] + Array(repeating: .empty, count: 11)
    case .transfer(let bank):
      transfer = [
        .code("ACH"), .code("CCP"), .code("01"), .id(bank.senderRouting, 12), .code("DA"), .id(bank.senderAccount, 35),
        .id(payment.originator, 10), .empty, .code("01"), .id(bank.receiverRouting, 12), .code("DA"),
        .id(bank.receiverAccount, 35),
      ]
    }
    try segment("BPR", beginning + transfer + [.day(payment.date)])
    try segment("TRN", .code("1"), .id(payment.trace, 50), .id(payment.originator, 10))
  }

  /// Six to a segment.
  private mutating func writeProviderAdjustments(of advice: RemittanceAdvice) throws(X12WriteError) {
    for adjustments in advice.adjustments.chunks(of: 6) {
      let pairs = adjustments.flatMap { adjustment -> [X12Element] in
        [
          .composite([.code(adjustment.reason.rawValue), .idIfAny(adjustment.reference, 50)]),
          .amount(adjustment.amount),
        ]
      }
      try segment("PLB", [.id(advice.payee.identifier, 50), .day(advice.fiscalPeriodEnd)] + pairs)
    }
  }
}

extension Array {
  func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
