package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Answers the sender of a claim file: with a 999 about the file and a 277CA about its claims. The answers depend only on
/// the file and on what is on record about its claims, so the file gets the same answers again.
package struct FileAcknowledgment: Sendable {
  private let store: ClaimStore
  private let partners: PartnerProfiles
  private let waitsForAll: Bool

  /// The number of claims looked up at a time.
  private static var page: Int { 200 }
  /// The largest number of rejections that a 999 lists one by one. The rest are only counted in its verdict.
  private static var rejectionsLimit: Int { 10_000 }

  /// - Parameters:
  ///   - partners: the profiles that the claims were read with.
  ///   - waitsForAll: whether a file gets no answer until all of its claims have reached intake.
  package init(_ store: ClaimStore, partners: PartnerProfiles, waitsForAll: Bool = false) {
    (self.store, self.partners, self.waitsForAll) = (store, partners, waitsForAll)
  }

  /// - Parameter output: takes the answers; none are complete before they are finished.
  /// - Returns: what the answers say about the file, or would say if it waits; nil for a file that is not X12.
  /// - Throws: `X12WriteError`, `StoreFailure`, `InputError`, and any error of the output.
  package func answer(
    _ bytes: any ClaimBytes, to output: inout some AcknowledgmentOutput
  ) async throws -> AcknowledgedInput? {
    guard try ClaimFileReader(bytes).format == .x12 else { return nil }
    let now = X12Moment(try await store.read { try $0.now })
    var answered = AcknowledgedInput()
    let rejections = try await writeClaims(of: bytes, to: &output, at: now, &answered)
    guard !waits(answered) else { return answered }
    try output.finish(.claims)
    let groups = try AcknowledgmentReader.groups(in: bytes, rejections: rejections, partners: partners)
    try Self.write(try AcknowledgmentFile.answers(to: groups, written: now), as: .file, to: &output)
    try Self.write(try AcknowledgmentFile.envelopeAnswers(to: groups, written: now), as: .envelope, to: &output)
    return answered
  }

  /// Whether the file is to be answered later.
  private func waits(_ answered: AcknowledgedInput) -> Bool { waitsForAll && answered.waiting > 0 }

  private static func write(
    _ bytes: [UInt8], as answer: AcknowledgmentAnswer, to output: inout some AcknowledgmentOutput
  ) throws {
    guard !bytes.isEmpty else { return }
    try output.write(bytes, to: answer)
    try output.finish(answer)
  }

  /// - Returns: the claims that could not be read, which the 999 reports.
  private func writeClaims(
    of bytes: any ClaimBytes, to output: inout some AcknowledgmentOutput, at now: X12Moment,
    _ answered: inout AcknowledgedInput
  ) async throws -> [ClaimRejection] {
    var reader = try X12ClaimReader(bytes, partners: partners)
    var rejections: [ClaimRejection] = []
    var page: [Received] = []
    var writer = ClaimAcknowledgmentWriter(written: now)
    while let item = try reader.next() {
      switch item {
      case .claim(let claim, let location):
        guard let batch = reader.batch else { continue }
        page.append(Received(claim: claim, location: location, batch: batch))
        guard page.count == Self.page else { continue }
        try await add(page, to: &writer, &answered)
        page = []
        try output.write(writer.drain(), to: .claims)
      case .rejected(let rejection):
        answered.unreadable += 1
        if rejections.count < Self.rejectionsLimit { rejections.append(rejection) }
      case .fault: continue
      }
    }
    try await add(page, to: &writer, &answered)
    writer.finish()
    answered.unanswered += writer.unreported
    try output.write(writer.drain(), to: .claims)
    return rejections
  }

  private struct Received: Sendable {
    let claim: SubmittedClaim
    let location: SourceLocation
    let batch: ClaimBatch
  }

  private func add(
    _ page: [Received], to writer: inout ClaimAcknowledgmentWriter, _ answered: inout AcknowledgedInput
  ) async throws {
    let (standings, now) = try await store.read { transaction in
      (try IntakeStanding.of(page.map { ($0.claim, $0.location) }, in: transaction), try transaction.now)
    }
    for standing in standings {
      let item = page[standing.place]
      guard let provider = AcknowledgedProvider(item.claim.billingProvider) else {
        answered.unanswered += 1
        continue
      }
      let outcome: AcknowledgedClaim.Outcome
      // For a rejected claim, only today's date is on record.
      var receivedOn = X12Moment(now).date
      switch standing.value {
      case .accepted(let id, let day):
        outcome = .accepted(id)
        receivedOn = day
      case .rejected(let rejection):
        outcome = .rejected(ClaimStatusCode(rejection))
      case .unknown:
        answered.waiting += 1
        continue
      }
      guard let claim = AcknowledgedClaim(item.claim, outcome),
        writer.add(claim, of: provider, payer: item.claim.payer, in: item.batch, receivedOn: receivedOn)
      else {
        answered.unanswered += 1
        continue
      }
      switch outcome {
      case .accepted: answered.accepted += 1
      case .rejected: answered.rejected += 1
      }
    }
  }
}

extension AcknowledgedProvider {
  /// Returns nil for a provider that has no number a 277CA can carry.
  fileprivate init?(_ provider: Provider) {
    if let npi = provider.npi {
      self.init(name: provider.name, identity: .npi(npi, taxID: nil), claims: [])
    } else if let taxID = provider.taxID {
      self.init(name: provider.name, identity: .taxID(taxID), claims: [])
    } else {
      return nil
    }
  }
}

extension AcknowledgedClaim {
  /// Returns nil for a claim without a date of service, which a 277CA requires.
  fileprivate init?(_ claim: SubmittedClaim, _ outcome: Outcome) {
    let name: PersonName =
      switch claim.patient {
      case .subscriber: claim.subscriber.name
      case .dependent(let dependent): dependent.name
      }
    guard let first = claim.dateOfService, let last = claim.lastDateOfService,
      let dates = DateRange(first, through: last)
    else { return nil }
    self.init(
      claimNumber: claim.claimNumber,
      patient: RemittedPerson(
        last: name.last, first: name.first, middle: name.middle, memberID: claim.subscriber.memberID.text),
      charge: claim.charge, serviceDates: dates, outcome: outcome)
  }
}
