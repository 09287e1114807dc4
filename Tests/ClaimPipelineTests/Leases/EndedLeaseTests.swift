import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("A worker whose leases end before it calls the bank", .postgres)
struct EndedLeaseTests {
  @Test("sends nothing, acquires its claims again, and finishes them", arguments: StoreKind.allCases)
  func again(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await again(world, try await world.openStore())
  }

  private func again(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    func processor(patience: Duration) -> ClaimProcessor {
      ClaimProcessor(
        store: store,
        runner: DurableRunner(worker: WorkerID("slow"), leaseDuration: .milliseconds(200)),
        bank: EmbeddedBank(world.bank), ruleset: world.ruleset,
        settings: .init(enrollment: SampleRuleset.planID, patience: patience))
    }
    // The database's clock runs in parallel with the worker's.
    let clock = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(50))
        world.clock.advance(by: .milliseconds(50))
      }
    }
    defer { clock.cancel() }
    for (number, patience, word) in [("A-1", Duration.zero, "unsettled:lease-ended"), ("A-2", .seconds(600), "paid")] {
      let processor = processor(patience: patience)
      let decided = try await processor.decide([SampleClaim.make(number, member: "W-\(number)")].placed)
      try await Task.sleep(for: .milliseconds(300))
      #expect(try await processor.finish(decided).map(\.value.word) == [word])
    }
    #expect(try await world.bank.transfers().count == 1, "the worker without patience has sent nothing")
  }
}
