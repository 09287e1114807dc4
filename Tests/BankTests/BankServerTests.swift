import BankClient
import BankSimulator
import ClaimPipeline
import DurableExecution
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@Suite(.temporaryFolder) struct BankServerTests {
  @Test func `an address in use is one clear line`() async throws {
    let bank = try BankFolder().open()
    try await withBankServer(bank) { url in
      let port = try #require(Int(url.place.split(separator: ":").last ?? ""))
      let second = BankServer(bank: bank, port: port, logger: Logger(label: "bank"))
      let error = await #expect(throws: BankServerError.self) { try await second.run() }
      #expect(error?.description.contains("\(port)") == true)
      #expect(error?.description.contains("port 0") == true)
    }
  }

  @Test func `a graceful shutdown answers what is under way`() async throws {
    let bank = try BankFolder().open()
    let faults = FaultInjector(try FaultPlan(parsing: "delay=500ms:prepare"))
    let logger = Logger(label: "bank", factory: { _ in SwiftLogNoOpLogHandler() })
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let server = BankServer(bank: bank, port: 0, faults: faults, logger: logger) { listening.yield($0) }
    let group = ServiceGroup(services: [server], logger: logger)
    async let running: Void = group.run()
    for await port in ports {
      let client = HTTPPaymentBank(try BankURL("http://127.0.0.1:\(port)"), timeout: .patience)
      async let reply = client.prepare([.sample()])
      while faults.counts.first?.fired == 0 { try await Task.sleep(for: .milliseconds(10)) }
      await group.triggerGracefulShutdown()
      #expect(try only(await reply).value != nil)
      break
    }
    try await running
  }
}
