import BankSimulator
import Testing

@Suite("Whatever the connection to the bank does, each claim is paid once, and each fault is known to have occurred")
struct FaultyGatewayTests {
  private static let plans = [
    "lose-reply:commit:count=4",
    "seed=5,other-reply:any:0.3",
    "lose-reply:prepare:count=4,drop:prepare:count=4",
    "drop:commit:count=4",
    "error503-after:commit:count=4,error503:prepare:count=2",
    "delay=150ms:commit:count=4,lose-reply:commit:count=3,lose-reply:standing:count=2",
    "seed=7,lose-reply:any:0.2,drop:any:0.2,error500-after:any:0.2",
    "hang-after:commit:count=1",
  ]

  @Test("the program finishes when it is run again after faults", arguments: plans)
  func faults(plan: String) async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 24, seed: 8).text, to: "many.837")
    let (faults, ended) = try await Gateway.open(in: office, faults: plan) { gateway in
      var ways: [Ended.Way] = []
      for _ in 1...12 where ways.last != .exited(0) {
        let run = try await office.process(
          "many.837", "--enroll", "PPO", "--gateway", gateway.url, "--batch", "8", "--lease-milliseconds", "400")
        ways.append(run.way)
        #expect(run.way == .exited(0) || run.way == .exited(69), "\(run.errors)")
      }
      #expect(ways.last == .exited(0))
      return try await gateway.faults()
    }
    #expect(ended == .exited(0))
    for fault in faults {
      #expect(fault.fired > 0, "\(fault.fault) never occurred, so the test proves nothing about it")
    }
    #expect(faults.count == plan.split(separator: ",").filter { !$0.hasPrefix("seed=") }.count)
    try await office.bankPaid(24)
    try await office.verifiesClean()
  }
}
