import DurableExecution
import DurableTesting
import TestSupport
import Testing

/// The end of a run without faults. Every run must reach it, whatever the faults and the store.
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
