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
  /// How many more rejected claims and faults there are than are listed, as a fault; nil for none.
  package private(set) var unlisted: FileFault?

  /// The most rejected claims and faults that an answer lists: an empty record is a hundred times shorter than all that is
  /// wrong with it, and answers are kept.
  static let rejectionLimit = 1_000

  /// The most bytes whose claims are processed together with those of other requests. More are a batch of their own.
  private static let sharedSize = 32 << 10

  /// Takes the claims to a payment.
  ///
  /// - Parameters:
  ///   - received: the day the claims were received; nil for that of the configuration.
  ///   - tell: receives each result that is listed, in the order of the claims.
  /// - Throws: `APIProblem.malformed` if there is no claim in the bytes; any error of the run.
  package init(
    _ bytes: [UInt8], received: CalendarDate? = nil, _ app: ClaimsApp, tell: (ClaimResult) throws -> Void = { _ in }
  ) async throws {
    let processor = received.map(app.processor.receiving) ?? app.processor
    let isShared = received == nil && bytes.count <= Self.sharedSize
    var (reports, faults) = ([ClaimReport](), [FileFault]())
    var summary = ProcessSummary()
    var (refused, unlisted) = (0, 0)
    let feed = try await Self.feed(bytes, app, received: received)
    try await ClaimRun(processor, with: isShared ? app.concurrentClaims : nil, feed: feed, jobs: 1).run { results, _ in
      for result in results {
        let report = try ClaimReport(result)
        if let report {
          app.outcomes.note([report])
          try summary.add(report)
        }
        var fault: FileFault?
        if case .fault(let found) = result.kind { fault = found }
        if fault != nil || report?.status == .rejected {
          refused += 1
          guard refused <= Self.rejectionLimit else {
            unlisted += 1
            continue
          }
        }
        try tell(result)
        if let fault { faults.append(fault) }
        if let report { reports.append(report) }
      }
    }
    if reports.isEmpty, let fault = faults.first(where: { $0.severity == .error }) {
      throw APIProblem.malformed("\(fault)")
    }
    if unlisted > 0 { self.unlisted = Self.unlisted(unlisted) }
    (self.reports, self.faults, self.summary) = (reports, faults, summary)
  }

  /// Says how many more claims were rejected, and faults found, than are listed.
  static func unlisted(_ count: Int) -> FileFault {
    FileFault(
      what: "\(count) more faults were found than are listed here",
      advice: "correct what is listed and send it again, or check the file with `claims check`")
  }

  static func feed(_ bytes: [UInt8], _ app: ClaimsApp, received: CalendarDate? = nil) async throws -> ClaimFeed {
    try await app.feed([ClaimSource(name: "the body", bytes: bytes)], receivedOn: received)
  }
}
