import ClaimPipeline
import DurableExecution
import TestSupport
import Testing

@Suite("Two faults in one story")
struct CrashPairTests {
  /// What can go wrong with a call. Statements only live inside their transaction: whatever goes wrong with one, all
  /// that follows is that the transaction does not commit.
  private static func faults(of call: String) -> [FaultScript.Fault] {
    call == "commit" || call.hasPrefix("bank.") ? FaultScript.Fault.allCases : [.crashBefore]
  }

  @Test("every pair of faults: the second may strike the first life or the recovery from it")
  func everyPair() async throws {
    let whole = try await CrashRun()
    let payments = try await whole.world.standingPayments()
    let responses = try await whole.responses()
    let firsts = whole.script.calls.enumerated().flatMap { index, call in
      Self.faults(of: call).map { (number: index + 1, fault: $0) }
    }
    let pairs = try await withThrowingTaskGroup(of: Int.self) { group in
      var left = firsts[...]
      var pairs = 0
      for first in left.prefix(4) {
        left = left.dropFirst()
        group.addTask { try await Self.check(first, payments, responses) }
      }
      while let count = try await group.next() {
        pairs += count
        if let first = left.popFirst() { group.addTask { try await Self.check(first, payments, responses) } }
      }
      return pairs
    }
    print("crash pairs: \(pairs)")
    #expect(pairs > 1_000)
  }

  /// - Returns: how many pairs begin with this fault.
  private static func check(
    _ first: (number: Int, fault: FaultScript.Fault), _ payments: [String: Int], _ responses: [KeyText: [UInt8]]
  ) async throws -> Int {
    let calls = try await CrashRun([first.number: first.fault]).script.calls
    var pairs = 0
    for (index, call) in calls.enumerated().dropFirst(first.number) {
      for fault in faults(of: call) {
        let plan = [first.number: first.fault, index + 1: fault]
        let run = try await CrashRun(plan)
        pairs += 1
        #expect(run.script.hasFired(first.number) && run.script.hasFired(index + 1), "\(plan)")
        #expect(run.ended.map(\.word) == CrashRun.words, "\(plan)")
        #expect(try await run.world.standingPayments() == payments, "\(plan)")
        #expect(try await run.responses() == responses, "\(plan)")
      }
    }
    return pairs
  }
}
