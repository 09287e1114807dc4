import BankProtocol
import ClaimStore
import ClaimsDomain
package import DurableExecution
package import Logging
import ServiceLifecycle
import Synchronization
import Verification

/// Checks every invariant of the store from time to time, while the service runs, as `claims verify` does.
package final class ScheduledVerification: Service {
  /// What the last check has found.
  package struct Outcome: Sendable {
    /// The number of findings by the name of the invariant.
    package let findings: [String: Int]
    package let finishedAt: Timestamp
    package let took: Duration
  }

  private let store: ClaimStore
  private let bank: (any BankBooks)?
  private let ruleset: Ruleset
  private let pacing: Pacing
  private let interval: Duration
  private let logger: Logger
  private let state = Mutex<Outcome?>(nil)

  package init(_ app: ClaimsApp, every interval: Duration, logger: Logger) {
    (store, bank, ruleset, pacing) = (app.store, app.books, app.ruleset, app.runner.pacing)
    (self.interval, self.logger) = (interval, logger)
  }

  /// Nil until a check has finished.
  package var lastOutcome: Outcome? { state.withLock(\.self) }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.verify()
        try await self.pacing.sleep(self.interval)
      }
    }
  }

  private func verify() async {
    let began = ContinuousClock.now
    do {
      let report = try await Verifier(store: store).verify(rulesets: [ruleset.id: ruleset], bank: bank)
      let now = try await store.read { try $0.now }
      let findings = Dictionary(report.findings.map { ($0.invariant.rawValue, 1) }, uniquingKeysWith: +)
      state.withLock { $0 = Outcome(findings: findings, finishedAt: now, took: ContinuousClock.now - began) }
      for (invariant, count) in findings.sorted(by: { $0.key < $1.key }) {
        logger.error("\(invariant) does not hold, \(count) times: run claims verify")
      }
    } catch let failure as StoreFailure {
      logger.warning("\(failure); the store is verified again later")
    } catch is CancellationError {
      return
    } catch {
      // Only the type: the text of an unexpected error may hold anything.
      logger.error("the store was not verified: unexpected error", metadata: ["type": "\(type(of: error))"])
    }
  }
}
