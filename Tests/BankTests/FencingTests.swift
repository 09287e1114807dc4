import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

/// An owner that was presumed dead cannot pay late.
@Suite(.temporaryFolder) struct FencingTests {
  @Test(arguments: BankUnderTest.allCases)
  func `an older owner can neither prepare nor commit nor ask`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let old = PaymentOrder.sample(epoch: 1)
      let new = PaymentOrder.sample(epoch: 2)
      _ = await client.prepare([old])
      #expect(try only(await client.standing(of: [new])) == .prepared)

      #expect(try only(await client.commit([old])).isFenced)
      #expect(try only(await client.prepare([old])).isFenced)
      #expect(try only(await client.standing(of: [old])) == .fenced)
      #expect(try await bank.totals().paymentsMade == 0)
      #expect(try only(await client.commit([new])).value != nil)
      #expect(try only(await client.commit([old])).isFenced, "not even a replay is sent")
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `asking about a payment nobody prepared shuts the door on older owners`(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      #expect(try only(await client.standing(of: [.sample(epoch: 5)])) == .neverHeardOf)
      #expect(try only(await client.prepare([.sample(epoch: 4)])).isFenced)
      #expect(try only(await client.prepare([.sample(epoch: 5)])).value != nil)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a fence stands for one tracking id, and holds after a restart`(_ kind: BankUnderTest) async throws {
    let folder = try BankFolder()
    try await kind.open(in: folder) { (client, _) throws in
      _ = await client.standing(of: [.sample(1, epoch: 9)])
    }
    try await kind.open(in: folder) { (client, _) throws in
      let orders = [PaymentOrder.sample(1, epoch: 8), .sample(2, epoch: 1)]
      #expect(await client.prepare(orders).to(orders).map { $0?.isFenced } == [true, false])
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `voids are fenced on their own: a payment that changed hands can be voided by a first owner`(
    _ kind: BankUnderTest
  ) async throws {
    try await kind.open(in: BankFolder()) { (client, _) throws in
      let order = PaymentOrder.sample(epoch: 3)
      _ = await client.prepare([order])
      _ = await client.commit([order])
      #expect(try only(await client.void([.sample(epoch: 1)])).value != nil)
      #expect(try only(await client.void([.sample(epoch: 2)])).value != nil)
      #expect(try only(await client.void([.sample(epoch: 1)])).isFenced)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `whoever does not know the payment's key fences nobody, before it is prepared and after`(
    _ kind: BankUnderTest
  ) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let order = PaymentOrder.sample()
      let stranger = PaymentOrder.sample(key: "a guess", epoch: 9)
      #expect(try only(await client.standing(of: [stranger])) == .neverHeardOf)
      #expect(try only(await client.commit([stranger])).refusal == "unknown-payment")
      #expect(try only(await client.void([.sample(key: "a guess", epoch: 9)])).refusal == "unknown-payment")
      #expect(try only(await client.prepare([order])).value != nil)

      #expect(try only(await client.standing(of: [stranger])) == .prepared)
      #expect(try only(await client.commit([stranger])).unclear == "other-idempotency-key")
      #expect(try only(await client.prepare([stranger])).unclear == "tracking-id-taken")
      #expect(try only(await client.commit([order])).value != nil)
      #expect(try await bank.totals().paymentsMade == 1)
    }
  }

  @Test(arguments: BankUnderTest.allCases, [Int64.max, 1 << 31, 0, -1])
  func `an epoch that no owner can have is refused, and fences nobody`(_ kind: BankUnderTest, _ epoch: Int64)
    async throws
  {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let wrong = PaymentOrder.sample(epoch: epoch)
      _ = await client.standing(of: [wrong])
      #expect(try only(await client.prepare([wrong])).refusal == "malformed-request")
      #expect(try only(await client.commit([wrong])).refusal == "malformed-request")
      #expect(try only(await client.void([.sample(epoch: epoch)])).refusal == "malformed-request")
      #expect(try only(await client.prepare([.sample()])).value != nil)
      #expect(try only(await client.commit([.sample()])).value != nil)
      #expect(try only(await client.void([.sample()])).value != nil)
      #expect(try await bank.totals().net == .zero)
    }
  }

  @Test func `a question without an epoch changes nothing`() async throws {
    let bank = try BankFolder().open()
    _ = try await bank.standing(of: [StandingRequest(trackingID: TrackingID("trk-1"), owner: nil)])
    #expect(try only(await EmbeddedBank(bank).prepare([.sample(epoch: 1)])).value != nil)
  }
}
