import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import Foundation

/// Answers the senders of claim files: writes a 999 and a 277CA for each X12 file. The answers depend only on the file
/// and on what is on record about its claims, so processing the file again gives the same answers.
package struct AcknowledgmentFolder: Sendable {
  private let folder: URL
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
  package init(
    _ folder: OutputFolder, store: ClaimStore, partners: PartnerProfiles, waitsForAll: Bool = false
  ) {
    self.folder = folder.url
    self.partners = partners
    self.store = store
    self.waitsForAll = waitsForAll
  }

  /// - Returns: what the answers say about the file, or would say if it waits; nil for a file that is not X12.
  /// - Throws: `SetupError.unavailable` when an answer cannot be written; `StoreFailure`, `InputError`.
  package func answer(_ source: ClaimSource) async throws -> AcknowledgedInput? {
    guard source.path != nil else { return nil }
    let bytes = try source.open()
    guard try ClaimFileReader(bytes).format == .x12 else { return nil }
    let now = X12Moment(try await store.read { try $0.now })
    var answered = AcknowledgedInput()
    do {
      let rejections = try await writeClaims(of: bytes, as: name(of: source, "277ca"), at: now, &answered)
      guard !waits(answered) else { return answered }
      let groups = try AcknowledgmentReader.groups(in: bytes, rejections: rejections, partners: partners)
      let answer = try AcknowledgmentFile.answers(to: groups, written: now)
      if !answer.isEmpty { try LastingFile.write(answer, to: name(of: source, "999")) }
      let envelopes = try AcknowledgmentFile.envelopeAnswers(to: groups, written: now)
      if !envelopes.isEmpty { try LastingFile.write(envelopes, to: name(of: source, "ta1")) }
    } catch let error as CocoaError {
      throw SetupError.unavailable("--ack \(folder.path): cannot be written: \(error.localizedDescription)")
    } catch let error as X12WriteError {
      throw SetupError.unavailable("--ack: the answer to \(source.name) cannot be written: \(error)")
    }
    return answered
  }

  /// Whether the file is to be answered later.
  private func waits(_ answered: AcknowledgedInput) -> Bool { waitsForAll && answered.waiting > 0 }

  private func name(of source: ClaimSource, _ ending: String) -> String {
    folder.appending(path: "\(source.answerName ?? "").\(ending)").path
  }

  /// - Returns: the claims that could not be read, which the 999 reports.
  private func writeClaims(
    of bytes: any ClaimBytes, as path: String, at now: X12Moment, _ answered: inout AcknowledgedInput
  ) async throws -> [ClaimRejection] {
    var reader = try X12ClaimReader(bytes, partners: partners)
    var rejections: [ClaimRejection] = []
    var page: [Received] = []
    var writer = ClaimAcknowledgmentWriter(written: now)
    var file: LastingFile?
    func write() throws {
      let part = writer.drain()
      guard !part.isEmpty else { return }
      let open = try file ?? LastingFile(path: path)
      try open.write(part)
      file = open
    }
    while let item = try reader.next() {
      switch item {
      case .claim(let claim, let location):
        guard let batch = reader.batch else { continue }
        page.append(Received(claim: claim, location: location, batch: batch))
        guard page.count == Self.page else { continue }
        try await add(page, to: &writer, &answered)
        page = []
        try write()
      case .rejected(let rejection):
        answered.unreadable += 1
        if rejections.count < Self.rejectionsLimit { rejections.append(rejection) }
      case .fault: continue
      }
    }
    try await add(page, to: &writer, &answered)
    writer.finish()
    answered.unanswered += writer.unreported
    try write()
    if !waits(answered) { try file?.finish() }
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

/// The counts of what was answered about one input file.
package struct AcknowledgedInput: Hashable, Sendable {
  /// Claims that the 277CA reports as accepted.
  package var accepted = 0
  /// Claims that the 277CA reports as rejected.
  package var rejected = 0
  /// Claims that the 999 reports as unreadable.
  package var unreadable = 0
  /// Claims that have not reached intake yet.
  package var waiting = 0
  /// Claims without a number of the provider or a date of service that a 277CA can carry.
  package var unanswered = 0
}
