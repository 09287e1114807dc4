package import BankProtocol
package import BankSimulator
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import DurableSQL
package import DurableTesting
import Foundation

/// A payer with a store of either kind and a bank in a file, under a manual clock. A test can run any number of
/// processes on it, one after another.
package final class ClaimsWorld: Sendable {
  package let folder: TemporaryFolder
  package let clock = ManualClock()
  package let ruleset: Ruleset
  package let bank: Bank
  package let place: StorePlace
  /// Long in real time, so that no lease ends on a busy machine; a test ends leases by advancing the manual clock.
  package static let lease = Duration.seconds(600)

  /// The books of a new bank, which are made once.
  private static let newBank = Result {
    let folder = try TemporaryFolder()
    do { _ = try Bank(path: folder.file("bank.db")) }
    return try Data(contentsOf: URL(filePath: folder.file("bank.db")))
  }

  package init(
    on kind: StoreKind, ruleset: Ruleset = SampleRuleset.make(), refusing payees: Set<String> = []
  ) throws {
    folder = try TemporaryFolder()
    self.ruleset = ruleset
    try Self.newBank.get().write(to: URL(filePath: folder.file("bank.db")))
    bank = try Bank(path: folder.file("bank.db"), refusing: payees)
    place = try StorePlace(kind, in: folder.path)
    try place.fillFile()
  }

  /// Opens the world's store, as a starting process does.
  package func openStore(probe: StoreProbe? = nil) async throws -> ClaimStore {
    let clock = clock
    return try await place.open(clock: { clock.now }, probe: probe)
  }

  /// Opens the same store, as a process that recognizes none of the earlier work.
  package func openForgetfulStore() async throws -> ClaimStore {
    let clock = clock
    return try await place.open(clock: { clock.now }, forgettingAllBut: "\(UUID())")
  }

  package func dropStandingPaymentConstraint() async throws {
    try await place.dropStandingPaymentConstraint()
  }

  /// Processes claims as one process does: with its own worker over the given store and bank.
  package func process(
    _ claims: [SubmittedClaim], on store: ClaimStore, bank: (any PaymentBank)? = nil, ruleset: Ruleset? = nil,
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

  /// Ends every lease, as a crash and a wait would.
  package func letLeasesEnd() {
    clock.advance(by: Self.lease + .seconds(1))
  }

  /// The number of payments in effect at the bank, by claim.
  package func standingPayments() async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for transfer in try await bank.transfers() {
      counts[transfer.reference, default: 0] += transfer.amount > .zero ? 1 : -1
    }
    return counts
  }
}
