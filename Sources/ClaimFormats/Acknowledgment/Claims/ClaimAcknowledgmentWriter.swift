package import ClaimsDomain

/// Writes 277CA files claim by claim, so that a file of any length is acknowledged in the memory of one transaction: a
/// new one begins with each batch and payer, and after so many claims.
package struct ClaimAcknowledgmentWriter {
  /// Far below the 5,000 claims that the guides of the 837 have for one transaction.
  private static let claimsPerTransaction = 1_000

  private let written: X12Moment
  private var interchange: (header: X12Interchange, writer: X12InterchangeWriter)?
  private var interchanges = 0
  private var transactions = 0
  private var current: (batch: ClaimBatch, payer: Payer, receivedOn: CalendarDate)?
  private var providers: [AcknowledgedProvider] = []
  private var claims = 0
  private var ready: [UInt8] = []

  package init(written: X12Moment) {
    self.written = written
  }

  /// - Parameters:
  ///   - provider: who billed it.
  ///   - receivedOn: the day it came in.
  /// - Throws: `X12WriteError` when what came before cannot be written.
  package mutating func add(
    _ claim: AcknowledgedClaim, of provider: AcknowledgedProvider, payer: Payer, in batch: ClaimBatch,
    receivedOn: CalendarDate
  ) throws(X12WriteError) {
    if let current, current.batch != batch || current.payer != payer || claims >= Self.claimsPerTransaction {
      try closeTransaction()
    }
    if current == nil { current = (batch, payer, receivedOn) }
    if providers.last.map({ $0.identity == provider.identity && $0.name == provider.name }) != true {
      providers.append(AcknowledgedProvider(name: provider.name, identity: provider.identity, claims: []))
    }
    providers[providers.count - 1].claims.append(claim)
    claims += 1
  }

  /// What is finished, to be written out.
  package mutating func drain() -> [UInt8] {
    defer { ready = [] }
    return ready
  }

  /// Ends the file; what `drain` then gives is the last of it.
  ///
  /// - Throws: `X12WriteError`.
  package mutating func finish() throws(X12WriteError) {
    try closeTransaction()
    closeInterchange()
  }

  private mutating func closeTransaction() throws(X12WriteError) {
    guard let (batch, payer, receivedOn) = current else { return }
    let header = batch.interchange
    if let open = interchange, !open.header.isSameEnvelope(as: header) { closeInterchange() }
    if interchange == nil {
      interchanges += 1
      let envelope = header.answer("277CA", ordinal: interchanges, written: written)
      interchange = (header, try X12InterchangeWriter(envelope, .claimAcknowledgment, firstTransaction: .first))
    }
    transactions += 1
    let submitter = batch.submitterID ?? header.sender.identifier
    let acknowledgment = ClaimAcknowledgment(
      reference: "\(header.control)-\(batch.ordinal + 1)-\(transactions)", payer: payer,
      submitterName: batch.submitterName ?? submitter, submitterID: submitter, batch: batch.reference ?? "0",
      receivedOn: receivedOn, processed: written, providers: providers)
    if let acknowledgment {
      try interchange?.writer.transaction { writer throws(X12WriteError) in try writer.write(acknowledgment) }
    }
    ready += interchange?.writer.drain() ?? []
    current = nil
    providers = []
    claims = 0
  }

  private mutating func closeInterchange() {
    ready += interchange?.writer.bytes ?? []
    interchange = nil
  }
}
