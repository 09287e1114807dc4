import ClaimsDomain
import TestSupport
import Testing
import Verification

@Suite(.temporaryFolder) struct VerifierPageTests {
  /// `make bench` measures the time and the memory.
  @Test func `a store is verified to the same result, whatever the size of a page`() async throws {
    let payer = try await MadeUpPayer()
    let count = 420
    for start in stride(from: 0, to: count, by: 200) {
      try await payer.process(
        (start..<min(start + 200, count)).map { number in
          .madeUp(
            "C-\(number)", member: "M-\(number / 4)",
            lines: [("99213", 200_00), ("29881", Int64(900_00 + number % 4)), ("80053", Int64(50_00 + number % 4))])
        }, enrolling: PlanID("PPO"))
    }
    for pageSize in [7, 200, count, count * 2] {
      let report = try await payer.verify(pageSize: pageSize)
      #expect(report.totals.claims == count)
      #expect(report.findings == [])
    }
  }
}
