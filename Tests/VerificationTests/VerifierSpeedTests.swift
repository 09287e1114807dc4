import ClaimPipeline
import ClaimsDomain
import Foundation
import TestSupport
import Testing
import Verification

@Suite(.temporaryFolder) struct VerifierSpeedTests {
  /// To measure the speed: `PAIDONCE_VERIFY_CLAIMS=100000 swift test -c release --filter VerifierSpeedTests`.
  @Test func `a thousand claims are verified in seconds, even unoptimized`() async throws {
    let count = ProcessInfo.processInfo.environment["PAIDONCE_VERIFY_CLAIMS"].flatMap { Int($0) } ?? 1_000
    let payer = try await MadeUpPayer()
    for start in stride(from: 0, to: count, by: 200) {
      try await payer.process(
        (start..<min(start + 200, count)).map { number in
          .madeUp(
            "C-\(number)", member: "M-\(number / 4)",
            lines: [("99213", 200_00), ("29881", Int64(900_00 + number % 4)), ("80053", Int64(50_00 + number % 4))])
        }, enrolling: PlanID("PPO"))
    }
    var report = VerificationReport?.none
    let spent = try await ContinuousClock().measure { report = try await payer.verify(pageSize: 500) }
    print("\(count) claims verified in \(spent)")
    #expect(report?.totals.claims == count)
    #expect(report?.findings == [])
    #expect(spent < .milliseconds(20 * count))
  }
}
