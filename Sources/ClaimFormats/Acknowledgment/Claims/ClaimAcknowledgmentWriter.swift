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
  /// Claims that could not be reported, since a required element has no value.
  package private(set) var unreported = 0

  package init(written: X12Moment) {
    self.written = written
  }

  /// Adds a claim. A claim that a 277CA cannot report does not keep the others from being reported.
  ///
  /// - Parameters:
  ///   - provider: who billed it.
  ///   - receivedOn: the day it came in.
  /// - Returns: whether the claim can be reported.
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

  /// What is finished, to be written out.
  package mutating func drain() -> [UInt8] {
    defer { ready = [] }
    return ready
  }

  /// Ends the file; what `drain` then gives is the last of it.
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
