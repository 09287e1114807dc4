import BankSimulator
import Foundation
import Subprocess
import Testing

@Suite("An unreachable bank costs only time")
struct GatewayOutageTests {
  @Test("nothing begins without the bank; with it, the same command pays each claim once")
  func absent() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 20, seed: 5).text, to: "many.837")
    let gateway = try await Gateway.open(in: office) { $0.url }
    #expect(gateway.ended == .exited(0))
    let run = try await office.process("many.837", "--enroll", "PPO", "--gateway", gateway.value)
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("cannot be reached; check that it runs"), "\(run.errors)")
    #expect(!office.has("claims.db"))
    try await office.bankPaid(0)

    _ = try await Gateway.open(in: office) { gateway in
      let run = try await office.process("many.837", "--enroll", "PPO", "--gateway", gateway.url)
      #expect(run.way == .exited(0), "\(run.errors)")
    }
    try await office.bankPaid(20)
    try await office.verifiesClean()
  }

  @Test("if the bank dies during a run, open payments are unknown, are not reported as failed, and are not sent again")
  func dies() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 300, seed: 6).text, to: "many.837")
    let many = ["many.837", "--enroll", "PPO", "--output", "json", "--batch", "10", "--lease-milliseconds", "500"]
    let (run, _) = try await Gateway.open(in: office) { gateway in
      try await Program.run(
        Program.path(), ["process"] + many + Office.received + ["--gateway", gateway.url], in: office.folder
      ) { _ in kill(gateway.processIdentifier.value, SIGKILL) }
    }
    #expect(run.way == .exited(69))
    let settled = try run.reports().filter { $0.status == "paid" }.count
    #expect(settled > 0 && settled < 300)
    let open = try run.reports().filter { $0.status != "paid" }
    #expect(open.allSatisfy { $0.status == "unknown" }, "\(open.map(\.status))")
    #expect(run.errors.contains("without a decision or a known payment"), "\(run.errors)")
    let paid = try await office.bank().transfers().count
    #expect(paid >= settled)

    _ = try await Gateway.open(in: office) { gateway in
      for _ in 1...3 {
        let again = try await office.claims(
          ["process"] + many + Office.received + ["--gateway", gateway.url])
        if again.way == .exited(0) { break }
      }
    }
    try await office.bankPaid(300)
    try await office.verifiesClean()
  }
}
