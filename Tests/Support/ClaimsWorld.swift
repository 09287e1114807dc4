package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import Foundation
package import PaymentGateway
package import SQLiteStore
package import StoreSQL

/// A payer in a folder: store and bank as real files, a clock that is turned by hand, and as many lives of the process
/// as a test wants.
package final class ClaimsWorld: Sendable {
  package let folder: TemporaryFolder
  package let clock = ManualClock()
  package let ruleset: Ruleset
  package let bank: Bank
  /// Long in real time, so that a busy machine cannot end one; the manual clock ends them in no time.
  package static let lease = Duration.seconds(600)

  package init(ruleset: Ruleset = SampleRuleset.make(), refusing payees: Set<String> = []) throws {
    folder = try TemporaryFolder()
    self.ruleset = ruleset
    bank = try Bank(path: folder.file("bank.db"), refusing: payees)
  }

  package var storePath: String { folder.file("claims.db") }

  package func openStore(probe: StoreProbe? = nil) throws -> SQLiteStore {
    let clock = clock
    return try SQLiteStore(path: storePath, clock: { clock.now }, probe: probe)
  }

  /// A process that runs claims: a worker of its own name over the given store and bank.
  package func processor(
    on store: SQLiteStore, bank: (any PaymentBank)? = nil, ruleset: Ruleset? = nil, runner: DurableRunner? = nil,
    patience: Duration = .zero, receivedOn: CalendarDate? = nil
  ) -> ClaimProcessor<SQLiteStore> {
    ClaimProcessor(
      store: store, runner: runner ?? Self.runner(), bank: bank ?? EmbeddedBank(self.bank),
      ruleset: ruleset ?? self.ruleset,
      settings: .init(receivedOn: receivedOn, enrollment: SampleRuleset.planID, patience: patience))
  }

  package static func runner(
    keys: KeyPolicy = .perEffect, gatewayKeys: KeyPolicy = .perEffect, attempts: Int = 3
  ) -> DurableRunner {
    DurableRunner(
      worker: WorkerID("test-\(UUID().uuidString)"), leaseDuration: lease,
      retry: RetryPolicy(
        initialInterval: .microseconds(1), maximumInterval: .microseconds(10), maximumAttempts: attempts),
      keyPolicy: keys, gatewayKeyPolicy: gatewayKeys)
  }

  /// As after a crash and a wait: every lease that was held is over.
  package func letLeasesEnd() {
    clock.advance(by: Self.lease + .seconds(1))
  }

  /// What the bank itself says was paid, by claim.
  package func standingPayments() async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for transfer in try await bank.transfers() {
      counts[transfer.reference, default: 0] += transfer.amount > .zero ? 1 : -1
    }
    return counts
  }
}
