import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

/// Voids: taking a payment back.
@Suite(.temporaryFolder) struct VoidTests {
  @Test(arguments: BankUnderTest.allCases)
  func `a void brings the money back once, and a repeat gets the same answer`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let order = PaymentOrder.sample()
      _ = await client.prepare([order])
      let paid = try #require(try only(await client.commit([order])).value)
      let back = try #require(try only(await client.void([.sample()])).value)
      #expect(try only(await client.void([.sample()])).value == back)

      let transfers = try await bank.transfers(reference: order.reference)
      #expect(transfers.map(\.amount) == [Money(cents: 125_50), Money(cents: -125_50)])
      #expect(transfers.map(\.id) == [paid.transferID, back.transferID])
      #expect(try await bank.totals().net == .zero)
      #expect(try await bank.discrepancies().isEmpty)

      #expect(try only(await client.commit([order])).value == paid, "a replay is the first answer, verbatim")
      #expect(try only(await client.standing(of: [order])) == .done(paid))
      #expect(try await bank.transfers().count == 2)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a payment voided before it was made is never made`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let order = PaymentOrder.sample()
      _ = await client.prepare([order])
      #expect(try only(await client.void([.sample()])).value?.transferID == "")
      #expect(try only(await client.commit([order])).refusal == "payment-voided")
      #expect(try only(await client.commit([order])).refusal == "payment-voided")
      guard case .refused(let failure) = try only(await client.standing(of: [order])) else {
        Issue.record("the bank must refuse a voided payment")
        return
      }
      #expect(failure.code == "payment-voided")
      #expect(try await bank.transfers().isEmpty)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a second void under another key finds nothing to void`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let order = PaymentOrder.sample()
      _ = await client.prepare([order])
      _ = await client.commit([order])
      _ = await client.void([.sample(key: "void 1")])
      #expect(try only(await client.void([.sample(key: "void 2")])).refusal == "nothing-to-void")
      #expect(try await bank.totals().paymentsReturned == 1)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a void key used for one payment cannot void another`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let orders = [PaymentOrder.sample(1), .sample(2)]
      _ = await client.prepare(orders)
      _ = await client.commit(orders)
      _ = await client.void([.sample(1, key: "void")])
      #expect(try only(await client.void([.sample(2, key: "void")])).unclear == "payload-mismatch")
      #expect(try await bank.totals().net == Money(cents: 125_50))
    }
  }
}
