package import ClaimsDomain

/// Writes 277CA files claim by claim, so that acknowledging a file of any length takes the memory of one transaction. A
/// new transaction begins with each batch and payer, and after a fixed number of claims.
package struct ClaimAcknowledgmentWriter {
  /// Far below the 5,000 claims that the 837 guides allow in one transaction.
  private static let claimsPerTransaction = 1_000

  private let written: X12Moment
  private var interchange: (header: X12Interchange, writer: X12InterchangeWriter)?
  private var interchanges = 0
  private var transactions = 0
  private var current: (batch: ClaimBatch, payer: Payer, receivedOn: CalendarDate)?
  private var providers: [AcknowledgedProvider] = []
  private var claims = 0
  private var ready: [UInt8] = []
  /// The number of claims that could not be reported because a required element has no value.
  package private(set) var unreported = 0

  package init(written: X12Moment) {
    self.written = written
  }

  /// Adds a claim. A claim that a 277CA cannot report does not prevent the others from being reported.
  ///
  /// - Parameters:
  ///   - provider: The billing provider.
  ///   - receivedOn: The day the claim was received.
  /// - Returns: Whether the claim can be reported.
  package mutating func add(
    _ claim: AcknowledgedClaim, of provider: AcknowledgedProvider, payer: Payer, in batch: ClaimBatch,
    receivedOn: CalendarDate
  ) -> Bool {
    let alone = AcknowledgedProvider(name: provider.name, identity: provider.identity, claims: [claim])
    guard canReport([alone], payer: payer, in: batch, receivedOn: receivedOn) else { return false }
    if let current, current.batch != batch || current.payer != payer || claims >= Self.claimsPerTransaction {
      closeTransaction()
    }
    if current == nil { current = (batch, payer, receivedOn) }
    if providers.last.map({ $0.identity == provider.identity && $0.name == provider.name }) != true {
      providers.append(AcknowledgedProvider(name: provider.name, identity: provider.identity, claims: []))
    }
    providers[providers.count - 1].claims.append(claim)
    claims += 1
    return true
  }

  /// Returns the finished bytes and clears them.
  package mutating func drain() -> [UInt8] {
    defer { ready = [] }
    return ready
  }

  /// Ends the file. The next `drain` returns its last bytes.
  package mutating func finish() {
    closeTransaction()
    closeInterchange()
  }

  private mutating func closeTransaction() {
    guard let (batch, payer, receivedOn) = current else { return }
    let header = batch.interchange
    if let open = interchange, !open.header.isSameEnvelope(as: header) { closeInterchange() }
    do throws(X12WriteError) {
      if interchange == nil {
        let envelope = header.answer("277CA", ordinal: interchanges + 1, written: written)
        interchange = (header, try X12InterchangeWriter(envelope, .claimAcknowledgment, firstTransaction: .first))
        interchanges += 1
      }
      if let acknowledgment = acknowledgment(
        of: providers, payer: payer, in: batch, receivedOn: receivedOn, number: transactions + 1)
      {
        try interchange?.writer.transaction { writer throws(X12WriteError) in try writer.write(acknowledgment) }
      }
      transactions += 1
    } catch {
      unreported += claims
    }
    ready += interchange?.writer.drain() ?? []
    current = nil
    providers = []
    claims = 0
  }

  private func canReport(
    _ providers: [AcknowledgedProvider], payer: Payer, in batch: ClaimBatch, receivedOn: CalendarDate
  ) -> Bool {
    guard
      let acknowledgment = acknowledgment(of: providers, payer: payer, in: batch, receivedOn: receivedOn, number: 1)
    else { return false }
    var writer = X12TransactionWriter()
    do throws(X12WriteError) {
      try writer.write(acknowledgment)
      return true
    } catch {
      return false
    }
  }

  private func acknowledgment(
    of providers: [AcknowledgedProvider], payer: Payer, in batch: ClaimBatch, receivedOn: CalendarDate, number: Int
  ) -> ClaimAcknowledgment? {
    let header = batch.interchange
    let submitter = batch.submitterID ?? header.sender.identifier
    return ClaimAcknowledgment(
      reference: "\(header.control)-\(batch.ordinal + 1)-\(number)", payer: payer,
      submitterName: batch.submitterName ?? submitter, submitterID: submitter, batch: batch.reference ?? "0",
      receivedOn: receivedOn, processed: written, providers: providers)
  }

  private mutating func closeInterchange() {
    ready += interchange?.writer.bytes ?? []
    interchange = nil
  }
}

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
    // The provider's own trace number is unknown; the guide calls for a zero in that case.
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

  /// Writes the counts and amounts, leaving out those of an outcome that no claim has.
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
