import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

/// The bank's promises about a payment, whichever way the bank is reached.
@Suite(.temporaryFolder) struct PaymentPromiseTests {
  @Test(arguments: BankUnderTest.allCases)
  func `money moves on commit, and once`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let order = PaymentOrder.sample()
      #expect(try only(await client.standing(of: [order])) == .neverHeardOf)
      #expect(try only(await client.prepare([order])).value?.trackingID == order.trackingID)
      #expect(try await bank.totals().paymentsMade == 0)
      #expect(try only(await client.standing(of: [order])) == .prepared)

      let receipt = try #require(try only(await client.commit([order])).value)
      #expect(receipt.amount == Money(cents: 125_50))
      #expect(try only(await client.commit([order])).value == receipt)
      #expect(try only(await client.prepare([order])).value?.trackingID == order.trackingID)
      #expect(try only(await client.standing(of: [order])) == .done(receipt))

      let transfers = try await bank.transfers(reference: order.reference)
      #expect(transfers.map(\.amount) == [Money(cents: 125_50)])
      #expect(transfers.map(\.id) == [receipt.transferID])
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `another payload under a used key is refused and nothing moves`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      _ = await client.prepare([.sample()])
      for other in [
        PaymentOrder.sample(cents: 125_51), .sample(payee: "1992999999"),
        .sample(2, key: PaymentOrder.sample().idempotencyKey),
      ] {
        let reply = try only(await client.prepare([other]))
        #expect(reply.unclear == "payload-mismatch", "only the bank can tell what became of the first payment")
      }
      #expect(try await bank.totals().paymentsMade == 0)
      #expect(try only(await client.standing(of: [.sample(2)])) == .neverHeardOf)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a repeat under another tracking id is told the first one`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let first = PaymentOrder.sample()
      var second = PaymentOrder.sample(trackingID: "trk-second")
      _ = await client.prepare([first])
      #expect(try only(await client.prepare([second])).value?.trackingID == first.trackingID)
      #expect(try only(await client.commit([second])).refusal == "unknown-payment")

      second.trackingID = first.trackingID
      #expect(try only(await client.commit([second])).value != nil)
      #expect(try await bank.duplicates().isEmpty)
      #expect(try await bank.totals().paymentsMade == 1)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a tracking id belongs to one key`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      _ = await client.prepare([.sample()])
      let thief = PaymentOrder.sample(key: "another key")
      #expect(try only(await client.prepare([thief])).unclear == "tracking-id-taken")
      #expect(try only(await client.commit([thief])).unclear == "other-idempotency-key")
      #expect(try await bank.totals().paymentsMade == 0)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `nothing was ever prepared, so nothing can be committed or voided`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      #expect(try only(await client.commit([.sample()])).refusal == "unknown-payment")
      #expect(try only(await client.void([.sample()])).refusal == "unknown-payment")
      #expect(try await bank.transfers().isEmpty)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a payee that cannot be paid is refused, nothing is on the books, and once the account is open it is paid`(
    _ kind: BankUnderTest
  ) async throws {
    let folder = try BankFolder()
    let order = PaymentOrder.sample(payee: "closed")
    try await kind.open(in: folder, refusing: ["closed"]) { (client, bank) throws in
      #expect(try only(await client.prepare([order])).refusal == "payee-refused")
      #expect(try only(await client.prepare([order])).refusal == "payee-refused")
      #expect(try only(await client.standing(of: [order])) == .neverHeardOf)
      #expect(try await bank.totals().paymentsMade == 0)
    }
    try await kind.open(in: folder) { (client, bank) throws in
      #expect(try only(await client.prepare([order])).refusal == nil)
      #expect(try only(await client.commit([order])).refusal == nil)
      #expect(try await bank.totals().paymentsMade == 1)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `one bad order in a batch says nothing about the others`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder(), refusing: ["closed"]) { (client, bank) throws in
      let orders = [PaymentOrder.sample(1), .sample(2, payee: "closed"), .sample(3, cents: 0), .sample(4)]
      let prepared = await client.prepare(orders).to(orders)
      #expect(prepared.map { $0?.refusal } == [nil, "payee-refused", "malformed-request", nil])
      #expect(await client.commit(orders).to(orders).map { $0?.value != nil } == [true, false, false, true])
      #expect(try await bank.transfers().map(\.trackingID.text).sorted() == ["trk-1", "trk-4"])
    }
  }

  @Test(arguments: BankUnderTest.allCases, ["\u{0}", "\n", "\u{7F}", "\u{9B}"])
  func `a control character in any text of an order is refused, and the rest of its batch is paid`(
    _ kind: BankUnderTest, _ control: String
  ) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      var named = PaymentOrder.sample(2)
      named.payee.name = "Cedar\(control) Clinic"
      var referring = PaymentOrder.sample(3)
      referring.reference += control
      let orders = [
        PaymentOrder.sample(1), named, referring, .sample(4, trackingID: "trk-4\(control)x"),
        .sample(5, payee: "1234567893\(control)x"),
      ]
      let refused = [nil] + Array(repeating: "malformed-request" as String?, count: 4)
      #expect(await client.prepare(orders).to(orders).map { $0?.refusal } == refused)
      _ = await client.commit(orders)
      #expect(try await bank.transfers().map(\.trackingID.text) == ["trk-1"])
      var void = VoidOrder.sample(1)
      void.reason += control
      #expect(try only(await client.void([void])).refusal == "malformed-request")
      #expect(try await bank.totals().paymentsReturned == 0)
    }
  }

  @Test(arguments: ["\u{0}", "\n", "\u{7F}", "\u{9B}"])
  func `a control character in a key is refused`(_ control: String) async throws {
    let bank = try BankFolder().open()
    let client = EmbeddedBank(bank)
    let order = PaymentOrder.sample(key: "idemp:pay:1\(control)x")
    #expect(try only(await client.prepare([order])).refusal == "malformed-request")
    #expect(try only(await client.commit([order])).refusal == "malformed-request")
    _ = await client.standing(of: [order])
    #expect(try await bank.transfers().isEmpty)
  }

  @Test(arguments: BankUnderTest.allCases)
  func `any text in an id survives the way to the bank`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, _) throws in
      let order = PaymentOrder.sample(trackingID: "a/b c%2F:ä?#\"\\")
      #expect(try only(await client.prepare([order])).value?.trackingID == order.trackingID)
      #expect(try only(await client.commit([order])).value?.trackingID == order.trackingID)
    }
  }
}
