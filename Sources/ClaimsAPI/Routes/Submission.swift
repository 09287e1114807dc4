package import ClaimFormats
import ClaimOperations
import ClaimPipeline
package import ClaimsApp
package import ClaimsDomain

/// What became of claims that were sent, as X12 837, as FHIR, as JSON, or on paper forms.
package struct Submission: Sendable {
  package private(set) var reports: [ClaimReport] = []
  package private(set) var faults: [FileFault] = []
  package private(set) var summary = ProcessSummary()

  /// The most rejected claims that an answer lists: an empty record is a hundred times shorter than all that is wrong with
  /// it, and answers are kept.
  static let rejectionLimit = 1_000

  /// The most bytes whose claims are processed together with those of other requests. More are a batch of their own.
  private static let sharedSize = 32 << 10

  /// Takes the claims to a payment.
  ///
  /// - Parameters:
  ///   - received: the day the claims were received; nil for that of the configuration.
  ///   - tell: receives each result, in the order of the claims.
  /// - Throws: `APIProblem.malformed` if there is no claim in the bytes; any error of the run.
  package init(
    _ bytes: [UInt8], received: CalendarDate? = nil, _ app: ClaimsApp, tell: (ClaimResult) throws -> Void = { _ in }
  ) async throws {
    let processor = received.map(app.processor.receiving) ?? app.processor
    let company = received == nil && bytes.count <= Self.sharedSize ? app.company : nil
    var (reports, faults) = ([ClaimReport](), [FileFault]())
    var summary = ProcessSummary()
    var unlisted = 0
    let feed = try await Self.feed(bytes, app, received: received)
    try await ClaimRun(processor, with: company, feed: feed, jobs: 1).run { results, _ in
      for result in results {
        try tell(result)
        if case .fault(let fault) = result.kind { faults.append(fault) }
        guard let report = try ClaimReport(result) else { continue }
        try summary.add(report)
        if report.status == .rejected, summary.count(.rejected) > Self.rejectionLimit {
          unlisted += 1
        } else {
          reports.append(report)
        }
      }
    }
    if reports.isEmpty, let fault = faults.first(where: { $0.severity == .error }) {
      throw APIProblem.malformed("\(fault)")
    }
    if unlisted > 0 { faults.append(Self.unlisted(unlisted)) }
    app.outcomes.note(reports)
    (self.reports, self.faults, self.summary) = (reports, faults, summary)
  }

  /// Says how many more claims were rejected than are listed.
  static func unlisted(_ count: Int) -> FileFault {
    FileFault(
      what: "\(count) more were rejected than are listed here",
      advice: "correct what is listed and send it again, or check the file with `claims check`")
  }

  static func feed(_ bytes: [UInt8], _ app: ClaimsApp, received: CalendarDate? = nil) async throws -> ClaimFeed {
    try await app.feed([ClaimSource(name: "the body", bytes: bytes)], receivedOn: received)
  }
}
