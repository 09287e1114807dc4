package import ClaimsDomain

/// Writes remittances as an X12 835 file, implementation 005010X221A1. Equal input gives equal bytes.
package enum RemittanceFile {
  /// Returns a file with one transaction for each advice, in the given order.
  ///
  /// - Parameter firstTransaction: ST02 of the first transaction; the others count up from it.
  /// - Throws: `X12WriteError` if a required element is empty, or an element would have to be cut.
  package static func bytes(
    _ advices: [RemittanceAdvice], in envelope: X12Envelope, firstTransaction: X12ControlNumber
  ) throws(X12WriteError) -> [UInt8] {
    var file = try X12InterchangeWriter(envelope, .remittance, firstTransaction: firstTransaction)
    for advice in advices {
      try file.transaction { writer throws(X12WriteError) in try writer.write(advice) }
    }
    return file.bytes
  }

  /// The reason that a claim cannot be written; nil when it can.
  package static func refusal(of claim: ClaimPayment) -> X12WriteError? {
    var writer = X12TransactionWriter()
    do throws(X12WriteError) {
      try writer.write(claim)
      return nil
    } catch {
      return error
    }
  }
}

extension X12TransactionWriter {
  /// Writes the segments between ST and SE of an 835: header, claims, provider adjustments.
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
    // BPR01 is I when money and remittance travel separately, and H when there is no money, only this notification.
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

  /// Writes PLB segments with up to six adjustments each.
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

/// Writes loops 1000A and 1000B.
extension X12TransactionWriter {
  mutating func write(_ payer: RemittancePayer) throws(X12WriteError) {
    try segment("N1", .code("PR"), .name(payer.name, 60))
    try write(payer.address)
    if let id = payer.payerID { try segment("REF", .code("2U"), .id(id.text, 50)) }
    if let contact = payer.businessContact { try write(contact, as: "CX") }
    try write(payer.technicalContact, as: "BL")
    if let website = payer.website { try segment("PER", .code("IC"), .empty, .code("UR"), .id(website, 256)) }
  }

  mutating func write(_ payee: RemittancePayee) throws(X12WriteError) {
    switch payee.identity {
    case .npi(let npi, _): try segment("N1", .code("PE"), .name(payee.name, 60), .code("XX"), .id(npi, 80))
    case .taxID(let number): try segment("N1", .code("PE"), .name(payee.name, 60), .code("FI"), .id(number, 80))
    }
    if let address = payee.address { try write(address) }
    if case .npi(_, let taxID?) = payee.identity { try segment("REF", .code("TJ"), .id(taxID, 50)) }
  }

  private mutating func write(_ address: Address) throws(X12WriteError) {
    let lines = address.lines.filter { !$0.isEmpty }
    if let first = lines.first { try segment("N3", .name(first, 55), .nameIfAny(lines.dropFirst().first, 55)) }
    try segment(
      "N4", .name(address.city, 30), .idIfAny(address.state, 2),
      .idIfAny(address.postalCode.replacing("-", with: ""), 15))
  }

  private mutating func write(_ contact: RemittanceContact, as function: String) throws(X12WriteError) {
    let numbers: [(qualifier: String, value: String?)] = [("TE", contact.telephone), ("EM", contact.email)]
    let pairs = numbers.flatMap { number -> [X12Element] in
      number.value.map { [.code(number.qualifier), .id($0, 256)] } ?? []
    }
    try segment("PER", [.code(function), .nameIfAny(contact.name, 60)] + pairs)
  }
}
