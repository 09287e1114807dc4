import BankClient
import BankProtocol
import BankSimulator
import ClaimPipeline
import DurableExecution
import TestSupport
import Testing

/// Every fault takes effect, and the client never reports an unknown outcome as a failure.
@Suite(.temporaryFolder) struct FaultTests {
  @Test(
    arguments: [
      (fault: "lose-reply", code: "gateway-connection-lost", paid: true),
      ("drop", "gateway-connection-lost", false),
      ("error503", "gateway-error", false),
      ("error500-after", "gateway-error", true),
      ("hang", "gateway-timeout", false),
      ("hang-after", "gateway-timeout", true),
      ("other-reply", "gateway-error", true),
      ("delay=3s", "gateway-timeout", true),
    ])
  func `a commit whose answer is spoilt is unclear, and asking tells what happened`(
    _ fault: (fault: String, code: String, paid: Bool)
  ) async throws {
    let bank = try BankFolder().open()
    let faults = FaultInjector(try FaultPlan(parsing: "\(fault.fault):commit:count=1"))
    try await withBankServer(bank, faults: faults) { url in
      // Only the tests of timeouts use a short timeout: on a busy machine any answer may take a second.
      let hasty = HTTPPaymentBank(url, timeout: fault.code == "gateway-timeout" ? .seconds(2) : .patience)
      let client = HTTPPaymentBank(url, timeout: .patience)
      let order = PaymentOrder.sample()
      _ = await client.prepare([order])
      #expect(faults.neverFired.count == 1)
      #expect(try only(await hasty.commit([order])).unclear == fault.code)
      #expect(faults.neverFired.isEmpty)
      #expect(faults.counts.map(\.fired) == [1])

      // A delayed commit is carried out after its caller has given up.
      while fault.fault.hasPrefix("delay"), try await bank.totals().paymentsMade == 0 {
        try await Task.sleep(for: .milliseconds(50))
      }
      let standing = try only(await client.standing(of: [order]))
      if fault.paid {
        guard case .done = standing else {
          Issue.record("the money has moved, and the bank must report it: \(standing)")
          return
        }
      } else {
        #expect(standing == .prepared)
      }
      #expect(try only(await client.commit([order])).value != nil)
      #expect(try await bank.totals().paymentsMade == 1)
    }
  }

  @Test(arguments: ["prepare", "standing", "void"])
  func `the other operations lose their answers just as well`(_ operation: String) async throws {
    let bank = try BankFolder().open()
    let faults = FaultInjector(try FaultPlan(parsing: "lose-reply:\(operation):count=1"))
    try await withBankServer(bank, faults: faults) { url in
      let client = HTTPPaymentBank(url, timeout: .patience)
      let order = PaymentOrder.sample()
      let prepared = try only(await client.prepare([order]))
      #expect((prepared.unclear == "gateway-connection-lost") == (operation == "prepare"))
      let standing = try only(await client.standing(of: [order]))
      if operation == "standing" {
        guard case .unknown(let failure) = standing else {
          Issue.record("the outcome must stay unknown")
          return
        }
        #expect(failure.code == "gateway-connection-lost")
      } else {
        #expect(standing == .prepared)
      }
      _ = await client.commit([order])
      let voided = try only(await client.void([.sample()]))
      #expect((voided.unclear == "gateway-connection-lost") == (operation == "void"))
      #expect(try only(await client.void([.sample()])).value != nil)
      #expect(try await bank.totals().paymentsReturned == 1)
      #expect(faults.neverFired.isEmpty)
    }
  }

  @Test func `the answer to another payment of the same amount is not taken for one's own`() async throws {
    let faults = FaultInjector(try FaultPlan(parsing: "other-reply:prepare"))
    try await withBankServer(BankFolder().open(), faults: faults) { (url) throws in
      let client = HTTPPaymentBank(url, timeout: .patience)
      // There is no earlier answer to send instead of the first one, so the connection is cut.
      #expect(try only(await client.prepare([.sample(1)])).unclear == "gateway-connection-lost")
      #expect(try only(await client.prepare([.sample(2)])).unclear == "gateway-error")
      #expect(try only(await client.standing(of: [.sample(2)])) == .prepared)
    }
  }

  @Test func `a short delay only delays`() async throws {
    let faults = FaultInjector(try FaultPlan(parsing: "delay=100ms:prepare"))
    try await withBankServer(BankFolder().open(), faults: faults) { url in
      let client = HTTPPaymentBank(url, timeout: .patience)
      let spent = await ContinuousClock().measure {
        let order = PaymentOrder.sample()
        #expect(await client.prepare([order])[order.trackingID]?.value != nil)
      }
      #expect(spent >= .milliseconds(100))
    }
  }

  @Test func `one lost answer in a batch says nothing about the others`() async throws {
    let bank = try BankFolder().open()
    let faults = FaultInjector(try FaultPlan(parsing: "seed=7,lose-reply:commit:0.3"))
    try await withBankServer(bank, faults: faults) { (url) throws in
      let client = HTTPPaymentBank(url, timeout: .patience, concurrency: 8)
      let orders = (0..<60).map { PaymentOrder.sample($0) }
      #expect(await client.prepare(orders).to(orders).allSatisfy { $0?.value != nil })
      let replies = await client.commit(orders).to(orders).compactMap(\.self)
      let lost = replies.filter { $0.unclear != nil }.count
      #expect(lost == faults.counts.first?.fired && lost > 0 && lost < 60)
      #expect(replies.filter { $0.value != nil }.count == 60 - lost)
      #expect(try await bank.totals().paymentsMade == 60)
    }
  }

  @Test func `nobody at the address is unreachable, and the message says where`() async throws {
    let bank = try BankFolder().open()
    var gone: BankURL?
    try await withBankServer(bank) { url in gone = url }
    let url = try #require(gone)
    for client in [HTTPPaymentBank(url), HTTPPaymentBank(try BankURL("http://bank.invalid:81"))] {
      guard case .unclear(let failure) = try only(await client.commit([.sample()])) else {
        Issue.record("the outcome at an unreachable bank is unknown")
        return
      }
      #expect(failure.code == "gateway-unreachable" && !failure.isTerminal)
      #expect(failure.message.contains(":"))
      #expect(!failure.message.contains("Cedar") && !failure.message.contains("claim-1"))
      guard case .unknown(let asked) = try only(await client.standing(of: [.sample()])) else {
        Issue.record("an unreachable bank cannot be asked")
        return
      }
      #expect(asked.code == "gateway-unreachable")
    }
  }

  @Test func `somebody else at the address is not believed`() async throws {
    let bank = try BankFolder().open()
    try await withBankServer(bank) { url in
      let client = HTTPPaymentBank(try BankURL("\(url)/other"), timeout: .patience)
      #expect(try only(await client.commit([.sample()])).unclear == "gateway-error")
      #expect(try only(await client.prepare([.sample()])).unclear == "gateway-error")
      guard case .unknown = try only(await client.standing(of: [.sample()])) else {
        Issue.record("a 404 from another server does not mean that the bank never heard of the payment")
        return
      }
    }
  }
}
