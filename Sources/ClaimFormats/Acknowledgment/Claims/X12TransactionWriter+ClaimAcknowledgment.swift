import ClaimsDomain

/// The four levels of a 277CA: payer, submitter, billing provider, patient.
extension X12TransactionWriter {
  mutating func write(_ acknowledgment: ClaimAcknowledgment) throws(X12WriteError) {
    let processed = acknowledgment.processed
    try segment(
      "BHT", .code("0085"), .code("08"), .id(acknowledgment.reference, 50), .day(processed.date),
      .code(processed.time), .code("TH"))
    try segment("HL", .number(1), .empty, .code("20"), .code("1"))
    try segment(
      "NM1", .code("PR"), .code("2"), .name(acknowledgment.payer.name, 60), .empty, .empty, .empty, .empty,
      .code("PI"), .id(acknowledgment.payer.id.text, 80))
    try segment("TRN", .code("1"), .id(acknowledgment.reference, 50))
    try segment("DTP", .code("050"), .code("D8"), .day(acknowledgment.receivedOn))
    try segment("DTP", .code("009"), .code("D8"), .day(processed.date))
    try writeSubmitter(of: acknowledgment)
    var level = 2
    for provider in acknowledgment.providers { try write(provider, level: &level, on: processed.date) }
  }

  private mutating func writeSubmitter(of acknowledgment: ClaimAcknowledgment) throws(X12WriteError) {
    let claims = acknowledgment.providers.flatMap(\.claims)
    let totals = try totals(claims)
    try segment("HL", .number(2), .number(1), .code("21"), .code("1"))
    try segment(
      "NM1", .code("41"), .code("2"), .name(acknowledgment.submitterName, 60), .empty, .empty, .empty, .empty,
      .code("46"), .id(acknowledgment.submitterID, 80))
    try segment("TRN", .code("2"), .id(acknowledgment.batch, 50))
    try segment(
      "STC", status(.received), .day(acknowledgment.processed.date), .code("WQ"), .amount(totals.charge))
    try write(totals, accepted: "90", rejected: "AA")
  }

  private mutating func write(
    _ provider: AcknowledgedProvider, level: inout Int, on day: CalendarDate
  ) throws(X12WriteError) {
    level += 1
    let own = level
    let totals = try totals(provider.claims)
    try segment("HL", .number(own), .number(2), .code("19"), .code("1"))
    let number: [X12Element] =
      switch provider.identity {
      case .npi(let npi, _): [.code("XX"), .id(npi, 80)]
      case .taxID(let taxID): [.code("FI"), .id(taxID, 80)]
      }
    try segment(
      "NM1", [.code("85"), .code("2"), .name(provider.name, 60), .empty, .empty, .empty, .empty] + number)
    // The provider's own trace number is not known to us; the guide then has a zero.
    try segment("TRN", .code("1"), .id("0", 50))
    try segment("STC", status(.received), .empty, .code("WQ"), .amount(totals.charge))
    try write(totals, accepted: "QA", rejected: "QC")
    for claim in provider.claims {
      level += 1
      try segment("HL", .number(level), .number(own), .code("PT"))
      try write(claim, on: day)
    }
  }

  private mutating func write(_ claim: AcknowledgedClaim, on day: CalendarDate) throws(X12WriteError) {
    let patient = claim.patient
    try segment(
      "NM1", .code("QC"), .code("1"), .name(patient.last, 60), .nameIfAny(patient.first, 35),
      .nameIfAny(patient.middle, 25), .empty, .empty, .code("MI"), .id(patient.memberID ?? "", 80))
    try segment("TRN", .code("2"), .id(claim.claimNumber.text, 50))
    switch claim.outcome {
    case .accepted(let controlNumber):
      try segment("STC", status(.accepted), .day(day), .code("WQ"), .amount(claim.charge))
      try segment("REF", .code("1K"), .id(controlNumber.text, 50))
    case .rejected(let first, let others):
      for code in [first] + others {
        try segment("STC", status(code), .day(day), .code("U"), .amount(claim.charge))
      }
    }
    let dates = claim.serviceDates
    if dates.first == dates.last {
      try segment("DTP", .code("472"), .code("D8"), .day(dates.first))
    } else {
      try segment("DTP", .code("472"), .code("RD8"), .id("\(dates.first.basic)-\(dates.last.basic)", 17))
    }
  }

  private func status(_ code: ClaimStatusCode) -> X12Element {
    .composite([.code(code.category.rawValue), .code(code.status), .codeIfAny(code.entity)])
  }

  /// Counts and amounts are there where they are not zero.
  private mutating func write(
    _ totals: AcknowledgedTotals, accepted: String, rejected: String
  ) throws(X12WriteError) {
    if totals.accepted > 0 { try segment("QTY", .code(accepted), .number(totals.accepted)) }
    if totals.rejected > 0 { try segment("QTY", .code(rejected), .number(totals.rejected)) }
    if totals.accepted > 0 { try segment("AMT", .code("YU"), .amount(totals.acceptedCharge)) }
    if totals.rejected > 0 { try segment("AMT", .code("YY"), .amount(totals.rejectedCharge)) }
  }

  private func totals(_ claims: [AcknowledgedClaim]) throws(X12WriteError) -> AcknowledgedTotals {
    do throws(MoneyError) {
      return try AcknowledgedTotals(claims)
    } catch {
      throw .tooLong(segment: "STC", element: 4, limit: 18)
    }
  }
}
