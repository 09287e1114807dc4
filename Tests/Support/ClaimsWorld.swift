package import ClaimStore
package import BankProtocol
package import DurableTesting
package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import Foundation
package import BankSimulator
import DurableSQL

/// A payer: a store of either kind and a bank in a file, a clock that is turned by hand, and as many lives of the process
/// as a test wants.
package final class ClaimsWorld: Sendable {
  package let folder: TemporaryFolder
  package let clock = ManualClock()
  package let ruleset: Ruleset
  package let bank: Bank
  package let place: StorePlace
  /// Long in real time, so that a busy machine cannot end one; the manual clock ends them in no time.
  package static let lease = Duration.seconds(600)

  package init(
    on kind: StoreKind, ruleset: Ruleset = SampleRuleset.make(), refusing payees: Set<String> = []
  ) throws {
    folder = try TemporaryFolder()
    self.ruleset = ruleset
    bank = try Bank(path: folder.file("bank.db"), refusing: payees)
    place = try StorePlace(kind, in: folder.path)
  }

  /// The world's one store, as a process finds it when it starts.
  package func openStore(probe: StoreProbe? = nil) async throws -> any ClaimStore {
    let clock = clock
    return try await place.open(clock: { clock.now }, probe: probe)
  }

  /// The same store as a process finds it that recognizes nothing of what was done before.
  package func openForgetfulStore() async throws -> any ClaimStore {
    let clock = clock
    return try await place.open(clock: { clock.now }, forgettingAllBut: "\(UUID())")
  }

  package func dropStandingPaymentConstraint() async throws {
    try await place.dropStandingPaymentConstraint()
  }

  /// What a process does with claims: a worker of its own name over the given store and bank.
  package func process(
    _ claims: [SubmittedClaim], on store: some ClaimStore, bank: (any PaymentBank)? = nil, ruleset: Ruleset? = nil,
    runner: DurableRunner? = nil, patience: Duration = .zero, receivedOn: CalendarDate? = nil
  ) async throws -> [EndedClaim] {
    let processor = ClaimProcessor(
      store: store, runner: runner ?? Self.runner(), bank: bank ?? EmbeddedBank(self.bank),
      ruleset: ruleset ?? self.ruleset,
      settings: .init(receivedOn: receivedOn, enrollment: SampleRuleset.planID, patience: patience))
    return try await processor.process(claims.placed).map(\.value)
  }

  package static func runner(attempts: Int = 3) -> DurableRunner {
    DurableRunner(
      worker: WorkerID("test-\(UUID().uuidString)"), leaseDuration: lease,
      retry: RetryPolicy(
        initialInterval: .microseconds(1), maximumInterval: .microseconds(10), maximumAttempts: attempts))
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
