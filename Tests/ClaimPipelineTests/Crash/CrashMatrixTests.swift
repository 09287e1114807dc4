import ClaimPipeline
import DurableExecution
import TestSupport
import Testing

@Suite("A crash, or a lost reply, at every call")
struct CrashMatrixTests {
  /// What a run without faults comes to: every run has to come to the same.
  private struct Expected {
    let calls: [String]
    let responses: [KeyText: [UInt8]]
    let payments: [String: Int]
  }

  private static func expected() async throws -> Expected {
    let run = try await CrashRun()
    return Expected(
      calls: run.script.calls, responses: try await run.responses(), payments: try await run.world.standingPayments())
  }

  private static func check(_ run: CrashRun, against expected: Expected, _ plan: [Int: FaultScript.Fault]) async throws
  {
    #expect(run.ended.map(\.word) == CrashRun.words, "\(plan)")
    #expect(try await run.world.standingPayments() == expected.payments, "\(plan)")
    #expect(try await run.responses() == expected.responses, "\(plan)")
  }

  @Test("one fault, anywhere: one effect per claim at the bank, the same bytes, every claim at its end")
  func everySingleFault() async throws {
    let expected = try await Self.expected()
    #expect(expected.payments.values.sorted() == [1, 1])
    for number in expected.calls.indices.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.allCases {
        let plan = [number: fault]
        let run = try await CrashRun(plan)
        // `begin` has no reply to lose and nothing after it that is not before the next call.
        let canFire = expected.calls[number - 1] != "begin" || fault == .crashBefore
        #expect(run.script.hasFired(number) == canFire, "call \(number) \(expected.calls[number - 1]) \(fault)")
        try await Self.check(run, against: expected, plan)
      }
    }
    print("crash matrix: \(expected.calls.count) calls, each failed in three ways")
  }
}
