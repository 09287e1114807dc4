import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("An act on many claims is performed by one process at a time", .postgres)
struct BulkLockTests {
  @Test("a process that has lost the act's lock ends before the next claim", arguments: TestSupport.StoreKind.allCases)
  func lost(on kind: TestSupport.StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let signOff = try SignOff(by: "pat", reason: "cleared")
    let payee = "1234567893"
    _ = try await store.transaction { try $0.hold(payee, by: signOff) }
    let claims = (1...3).map { SampleClaim.make("L-\($0)", member: "W10000000\($0)", day: $0) }
    #expect(try await world.process(claims, on: store).allSatisfy { $0.word == "suspended" })
    _ = try await store.transaction { try $0.liftHold(on: payee, by: signOff) }

    let desk = BulkDesk(store, worker: WorkerID("one"), limit: 10)
    let digest = try await desk.plan(.releaseKeys, ClaimFilter()).digest
    let locks = LockService(store: store)
    var subjects: [String] = []
    await #expect(throws: BulkRefusal.lost) {
      try await desk.perform(.releaseKeys, ClaimFilter(), confirmed: digest, by: signOff) { result in
        subjects.append(result.subject)
        _ = try await locks.release("bulk:\(digest)", token: .first)
      }
    }
    #expect(subjects.count == 1)
    let outcomes = try await desk.perform(.releaseKeys, ClaimFilter(), confirmed: digest, by: signOff) {
      subjects.append($0.subject)
    }
    #expect(outcomes == [.done: 3] && subjects.count == 3 && Set(subjects).count == 3)
  }
}
