import ClaimPipeline
import ClaimStore
import DurableExecution
import DurableSQL
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A hold waits for whoever is committing to a payment", .postgres)
struct HoldLockTests {
  /// A transaction that has looked at the holds, and has not committed yet, keeps a hold from returning. On SQLite it is the
  /// only writer; on PostgreSQL it has the lock.
  @Test("so the hold counts what that transaction commits to", arguments: StoreKind.allCases)
  func waits(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let (store, second) = (try await world.openStore(), try await world.openStore())
    let (hasLooked, hasReturned) = (Flag(), Flag())
    let signOff = try SignOff(by: "pat", reason: "suspected fraud")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await store.transaction { transaction in
          let look = try transaction.lookBeforePaying([], to: ["1234567893"])
          #expect(look.onHold.isEmpty)
          hasLooked.set()
          // Long enough that a hold that does not wait returns in the meantime.
          for _ in 0..<50 where !hasReturned.isSet { Thread.sleep(forTimeInterval: 0.01) }
          #expect(!hasReturned.isSet)
        }
      }
      group.addTask {
        while !hasLooked.isSet { try await Task.sleep(for: .milliseconds(5)) }
        _ = try await second.transaction { try $0.hold("1234567893", by: signOff) }
        hasReturned.set()
      }
      try await group.waitForAll()
    }
    let look = try await store.transaction { try $0.lookBeforePaying([], to: ["1234567893"]) }
    #expect(look.onHold == ["1234567893"])
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }

    func set() { value.store(true, ordering: .sequentiallyConsistent) }
  }
}
