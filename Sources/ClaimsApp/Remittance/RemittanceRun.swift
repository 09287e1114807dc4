package import ClaimStore
package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution

/// A check run from its beginning to its files: first what an earlier process left, then what is due now.
package struct RemittanceRun<Store: ClaimStore>: Sendable {
  private let agent: RemittanceAgent<Store>
  private let issued: IssuedRemittances<Store>

  /// What there is to tell of a run.
  package enum News: Sendable {
    /// - Parameter again: made by an earlier process, whose run had not come to its end.
    case remittance(RemittanceRow, again: Bool)
    case heldBack(HeldBackClaim)
  }

  package init(
    over store: Store, runner: DurableRunner? = nil, issuer: RemittanceIssuer, claimsPerCheck: Int? = nil
  ) {
    agent = RemittanceAgent(
      store: store, runner: runner ?? DurableRunner(worker: .thisProcess()), issuer: issuer,
      format: X12RemittanceFormat(), claimsPerCheck: claimsPerCheck ?? RemittanceAgent<Store>.claimsPerCheck)
    issued = IssuedRemittances(store)
  }

  /// - Parameters:
  ///   - day: of the checks of a new run; nil for today (UTC). One that an earlier process has begun keeps its own.
  ///   - tell: given each remittance once its file is written, and each claim that cannot be told.
  /// - Throws: `StoreFailure`; `SetupError.unavailable` when a file cannot be written. Run again, it goes on.
  package func run(
    on day: CalendarDate?, to output: inout RemittanceOutput, tell: (News) throws -> Void
  ) async throws {
    if let left = try await agent.openRun() { _ = try await finish(left, to: &output, tell: tell) }
    // What was told just now may have been replaced meanwhile: its reversal is due once it is told.
    while let run = try await agent.begin(on: day) {
      guard try await finish(run, to: &output, tell: tell) else { return }
    }
  }

  /// - Returns: whether anything of it was told.
  private func finish(
    _ run: CheckRunRow, to output: inout RemittanceOutput, tell: (News) throws -> Void
  ) async throws -> Bool {
    var last = try await deliver(run, after: 0, to: &output) { try tell(.remittance($0, again: true)) }
    repeat {
      while let step = try await agent.next(in: run) {
        for claim in step.heldBack { try tell(.heldBack(claim)) }
        last = try await deliver(run, after: last, to: &output) {
          try tell(.remittance($0, again: $0.id != step.remittance?.id))
        }
      }
      last = try await deliver(run, after: last, to: &output) { try tell(.remittance($0, again: true)) }
      try output.finish()
    } while try await !agent.close(run, deliveredThrough: last)
    return last > 0
  }

  /// Writes the files of a run's remittances after a number, whoever made them; gives back the last one's.
  private func deliver(
    _ run: CheckRunRow, after number: Int, to output: inout RemittanceOutput, tell: (RemittanceRow) throws -> Void
  ) async throws -> Int {
    var last = number
    while case let page = try await issued.page(of: run, after: last), let end = page.last {
      for remittance in page {
        try output.write(try await issued.file(of: remittance), of: remittance)
        try tell(remittance)
      }
      last = end.number
    }
    return last
  }
}
