import BankProtocol
package import ClaimFormats
import ClaimOperations
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// What is on record about claims, for the FHIR resources that tell of it.
package struct FHIRAnswers: Sendable {
  private let store: ClaimStore

  package init(_ store: ClaimStore) {
    self.store = store
  }

  /// Returns the claims that a name refers to: the claim with our number, or the claims with the provider's. What counts
  /// now comes first.
  ///
  /// - Throws: `SetupError.badInput` when there is none; `StoreFailure`, `MoneyError`.
  package func answers(named name: String) async throws -> [FHIRClaimAnswer] {
    let answers = try await store.read { transaction in
      let rows = try transaction.claims(named: name)
      return try (rows.filter { $0.status != .replaced } + rows.filter { $0.status == .replaced })
        .compactMap { try FHIRClaimAnswer($0, in: transaction) }
    }
    guard !answers.isEmpty else {
      throw SetupError.badInput(
        "there is no claim \(name.prefix(80)); upper and lower case differ, and a rejected claim is not kept")
    }
    return answers
  }

  /// Returns one claim by our number; nil when there is none.
  ///
  /// - Throws: `StoreFailure`, `MoneyError`.
  package func answer(_ id: ClaimIntakeID) async throws -> FHIRClaimAnswer? {
    try await store.read { transaction in
      try transaction.claims([id])[id].flatMap { try FHIRClaimAnswer($0, in: transaction) }
    }
  }
}

extension FHIRClaimAnswer {
  /// - Throws: `StoreFailure`, `MoneyError`.
  fileprivate init?(_ row: ClaimRow, in transaction: ClaimTransaction) throws {
    guard let body = try transaction.bodies(of: [row.id])[row.id] else { return nil }
    let file = try ClaimFile(row, in: transaction)
    let payment = file.payments.last
    var report = ClaimReport(
      claimNumber: row.claimNumber, claimIntakeID: row.id, adjudicationID: row.adjudicationID, paymentID: payment?.id,
      eobID: payment?.eobID, status: ClaimReport.Status(row.status), charge: row.charge,
      keys: ClaimReport.Keys(row.keys))
    var decision: Decision?
    switch file.response?.verdict {
    case .decided(let decided):
      decision = decided
      try report.fill(from: decided)
    case .suspended(let why): report.reason = ClaimReport.Reason(why)
    case nil: break
    }
    self.init(
      claim: try SubmittedClaim(body: body, of: row.id), report: report, decision: decision,
      planID: file.response?.planID, receivedOn: row.receivedOn, recordedAt: file.recordedAt,
      paymentReference: payment?.transferID, replaces: row.replaced)
  }

  /// Creates the answer to a claim that was just sent; returns nil for one that was rejected, and for a fault.
  ///
  /// - Parameter today: the day of a claim that is not on record yet.
  /// - Throws: `MoneyError`.
  package init?(_ result: ClaimResult, today: CalendarDate) throws {
    guard let report = try ClaimReport(result), case .claim(let claim, _, let ended) = result.kind else { return nil }
    switch ended {
    case .rejected: return nil
    case .unsettled(let unsettled):
      self.init(claim: claim, report: report, decision: nil, receivedOn: unsettled.row?.receivedOn ?? today)
    case .audited(let audited):
      var decision: Decision?
      if case .decided(let decided) = audited.closed.claim.response.verdict { decision = decided }
      var reference: String?
      if case .closed(let payment, _) = audited.closed.payment { reference = payment.receipt?.transferID }
      self.init(
        claim: claim, report: report, decision: decision, receivedOn: audited.row.receivedOn,
        paymentReference: reference, replaces: audited.row.replaced)
    }
  }
}

extension ClaimFile {
  /// When the last step of the claim ended.
  fileprivate var recordedAt: String? {
    let ends = records.compactMap { record -> Timestamp? in
      switch record.state {
      case .completed(_, let end), .failed(_, let end): end
      case .pending: nil
      }
    }
    return ends.max()?.iso8601
  }
}
