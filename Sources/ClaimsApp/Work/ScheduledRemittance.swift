package import ClaimOperations
import ClaimStore
package import ClaimsDomain
import DurableExecution
package import Logging
import ServiceLifecycle

/// Reports closed claims to their providers while workers run, as `claims remit run` does: at the same times on every
/// machine, by the database's clock, and by one process at a time.
package struct ScheduledRemittance: Service {
  private let store: ClaimStore
  private let checks: RemittanceRun
  private let turn: CheckRunTurn
  private let settings: RemittanceSettings
  private let pacing: Pacing
  private let logger: Logger

  /// How often to look whether it is time.
  private static let look = Duration.seconds(10)
  /// How long to wait for another process that reports.
  private static let patience = Duration.seconds(3_600)

  package init(_ app: ClaimsApp, settings: RemittanceSettings, logger: Logger) {
    (store, pacing) = (app.store, app.runner.pacing)
    checks = RemittanceRun(over: app.store, runner: app.runner, issuer: settings.issuer)
    turn = CheckRunTurn(app, lease: settings.lease)
    (self.settings, self.logger) = (settings, logger)
  }

  /// Finishes what a process that died has left, then reports at each time that comes. A run under way is finished when
  /// the service is asked to stop.
  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var reported: Timestamp?
      while !Task.isCancelled {
        let last = reported
        reported = await Task { await report(after: last) }.value
        try await pacing.sleep(min(Self.look, settings.interval))
      }
    }
  }

  /// Reports if a time has come since the last one. If that fails, or another process is at it, the time is yet to come.
  ///
  /// - Parameter last: the last time that has passed; nil at the start, when only what was left is finished.
  /// - Returns: the last time that has passed now.
  private func report(after last: Timestamp?) async -> Timestamp? {
    do {
      let time = try await store.read { try $0.now }.floored(to: settings.interval)
      guard last != time else { return last }
      let heldBack = try await turn.take { try await check(last == nil ? .leftOpen : .due(ifNoneSince: time)) }
      return heldBack == nil ? last : time
    } catch let failure as StoreFailure {
      logger.warning("\(failure); claims are reported to their providers later")
    } catch let error as SetupError {
      logger.error("\(error)")
    } catch {
      // Only the type: the text of an unexpected error may hold anything.
      logger.error("claims were not reported: unexpected error", metadata: ["type": "\(type(of: error))"])
    }
    return last
  }

  /// Reports everything that is due, once no other process is at it.
  ///
  /// - Returns: the number of claims that cannot be reported as they are.
  /// - Throws: `StoreFailure`; `SetupError.unavailable` when a file cannot be written, or another process takes too long.
  package func reportNow() async throws -> Int {
    guard let heldBack = try await turn.take(waitingUpTo: Self.patience, { try await check(.due(ifNoneSince: nil)) })
    else { throw SetupError.unavailable("--remit: another process is at a check run; run claims remit run later") }
    return heldBack
  }

  private enum Extent {
    case leftOpen
    case due(ifNoneSince: Timestamp?)
  }

  /// - Returns: the number of claims that cannot be reported as they are.
  private func check(_ extent: Extent) async throws -> Int {
    var output = try RemittanceOutput(folder: settings.folder, option: "--remit")
    var (remittances, claims) = (0, 0)
    var heldBack: Set<HeldBackClaim> = []
    func tell(_ news: RemittanceRun.News) {
      switch news {
      case .remittance(let row, _): (remittances, claims) = (remittances + 1, claims + row.claimCount)
      case .heldBack(let claim):
        // What is due is looked at again after a run that has reported something.
        guard heldBack.insert(claim).inserted else { return }
        logger.warning("claim \(claim.claimID) is not reported to its provider: \(claim.reason)")
      }
    }
    switch extent {
    case .leftOpen: try await checks.finishOpenRun(to: &output, tell: tell)
    case .due(let time): try await checks.run(on: nil, ifNoneSince: time, to: &output, tell: tell)
    }
    if remittances > 0 {
      logger.notice(
        "claims are reported to their providers in \(output.path)",
        metadata: ["claims": "\(claims)", "remittances": "\(remittances)"])
    }
    return heldBack.count
  }
}

/// How claims are reported to their providers while workers run.
package struct RemittanceSettings: Sendable {
  package let issuer: RemittanceIssuer
  /// Where each remittance gets a file.
  package let folder: String
  /// How often a check run begins, counted from midnight UTC.
  package let interval: Duration
  /// How long a check run is this process's without a sign of life.
  package let lease: Duration

  /// - Throws: `SetupError.badInput` when nothing can be written to the folder.
  package init(
    issuer: RemittanceIssuer, folder: String, interval: Duration, lease: Duration = .seconds(30)
  ) throws(SetupError) {
    _ = try RemittanceOutput(folder: folder, option: "--remit")
    (self.issuer, self.folder, self.interval, self.lease) = (issuer, folder, interval, lease)
  }
}

extension Timestamp {
  /// The last whole multiple of a duration since 1970.
  fileprivate func floored(to interval: Duration) -> Timestamp {
    Timestamp(microseconds: microseconds - microseconds % interval.wholeMicroseconds)
  }
}
