import DurableTesting
import TestSupport
import Testing

@Suite("A crash or a lost reply at every call", .postgres)
struct CrashMatrixTests {
  @Test(
    "with one fault anywhere, each claim has one effect at the bank, the same bytes, and its final outcome",
    arguments: StoreKind.allCases)
  func everySingleFault(on kind: StoreKind) async throws {
    let expected = try await ExpectedEnd(on: kind)
    #expect(expected.payments.values.sorted() == [1, 1])
    for number in expected.calls.indices.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.allCases {
        let plan = [number: fault]
        let run = try await CrashRun(on: kind, plan)
        // `begin` has no reply to lose, and a crash after it is the same as a crash before the next call.
        let canFire = expected.calls[number - 1] != "begin" || fault == .crashBefore
        #expect(run.script.hasFired(number) == canFire, "call \(number) \(expected.calls[number - 1]) \(fault)")
        try await expected.check(run, plan)
      }
    }
    print("crash matrix, \(kind.testDescription): \(expected.calls.count) calls, each failed in three ways")
  }

  @Test("both stores get the same calls in the same order, and keep the same bytes")
  func sameOnBoth() async throws {
    let (one, other) = try await (ExpectedEnd(on: .sqlite), ExpectedEnd(on: .postgres))
    #expect(one.calls == other.calls)
    #expect(one.responses == other.responses)
    #expect(one.payments == other.payments)
  }
}
