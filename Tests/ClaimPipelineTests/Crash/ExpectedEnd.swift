import DurableTesting
import DurableExecution
import TestSupport
import Testing

/// What a run without faults comes to: every run has to come to the same, whatever strikes it and wherever it is kept.
struct ExpectedEnd: Sendable {
  let calls: [String]
  let responses: [KeyText: [UInt8]]
  let payments: [String: Int]

  init(on kind: StoreKind) async throws {
    let run = try await CrashRun(on: kind)
    calls = run.script.calls
    responses = try await run.responses()
    payments = try await run.world.standingPayments()
  }

  func check(_ run: CrashRun, _ plan: [Int: FaultScript.Fault]) async throws {
    #expect(run.ended.map(\.word) == CrashRun.words, "\(plan)")
    #expect(try await run.world.standingPayments() == payments, "\(plan)")
    #expect(try await run.responses() == responses, "\(plan)")
  }
}
