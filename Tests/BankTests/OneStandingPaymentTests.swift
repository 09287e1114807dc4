import BankClient
import BankProtocol
import BankSimulator
import ClaimPipeline
import DurableExecution
import TestSupport
import Testing

/// The bank's own rule, which applies even if a payer has lost its records and derives other keys.
@Suite("For each payer and reference, only one payment is in effect, whatever the keys", .temporaryFolder)
struct OneStandingPaymentTests {
  private static let first = PaymentOrder.sample(1)
  /// The same claim under another key, because other rules yield another amount.
  private static let other = PaymentOrder.sample(
    1, key: "idemp:pay:claim-1:140.00:0.00", trackingID: "trk-other", cents: 140_00)

  @Test(
    "another key for a reference that is already paid is refused, and no money moves", arguments: BankUnderTest.allCases
  )
  func paid(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      #expect(try only(await client.prepare([Self.other])).refusal == "paid-under-other-key")
      #expect(try only(await client.standing(of: [Self.other])) == .neverHeardOf)
      #expect(try only(await client.prepare([Self.first])).value != nil, "the first answer is replayed as before")
      #expect(try only(await client.commit([Self.first])).value != nil)
      #expect(try await bank.totals().paymentsMade == 1)
    }
  }

  @Test("of two prepared orders, the first to commit is paid", arguments: BankUnderTest.allCases)
  func bothPrepared(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      _ = await client.prepare([Self.first, Self.other])
      #expect(try only(await client.commit([Self.other])).value != nil)
      #expect(try only(await client.commit([Self.first])).refusal == "paid-under-other-key")
      #expect(try await bank.transfers().map(\.trackingID) == [Self.other.trackingID])
    }
  }

  @Test("another payer's payment under the same reference is a separate payment", arguments: BankUnderTest.allCases)
  func otherPayer(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let theirs = PaymentOrder.sample(1, key: "theirs", trackingID: "trk-theirs", payer: "OTHER01")
      _ = await client.prepare([Self.first, theirs])
      #expect(await client.commit([Self.first, theirs]).to([Self.first, theirs]).allSatisfy { $0?.value != nil })
      #expect(try await bank.totals().paymentsMade == 2)
      #expect(try await bank.duplicates().isEmpty)
    }
  }

  @Test("a reference can be paid again after its payment came back", arguments: BankUnderTest.allCases)
  func voided(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      _ = await client.void([.sample(1)])
      _ = await client.prepare([Self.other])
      #expect(try only(await client.commit([Self.other])).value != nil)
      #expect(try await bank.totals().net == Self.other.amount)
    }
  }

  @Test(
    "a correction names the payment it corrects, and each payment is corrected once", arguments: BankUnderTest.allCases)
  func corrections(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let correction = PaymentOrder.sample(
        1, key: "correction", trackingID: "trk-correction", cents: 14_50, corrects: Self.first.trackingID.text)
      #expect(try only(await client.prepare([correction])).refusal == "bank-refused", "there is no payment to correct")
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      for stranger in [
        PaymentOrder.sample(2, key: "s1", trackingID: "trk-s1", corrects: "trk-1"),
        .sample(1, key: "s2", trackingID: "trk-s2", payer: "OTHER01", corrects: "trk-1"),
      ] {
        #expect(try only(await client.prepare([stranger])).refusal == "bank-refused")
      }
      _ = await client.prepare([correction])
      #expect(try only(await client.commit([correction])).value != nil)
      let second = PaymentOrder.sample(
        1, key: "again", trackingID: "trk-again", cents: 14_50, corrects: Self.first.trackingID.text)
      #expect(try only(await client.prepare([second])).refusal == "bank-refused")
      #expect(try await bank.totals().paymentsMade == 2)
      #expect(try await bank.duplicates().isEmpty)
    }
  }

  @Test(
    "a payment can be corrected again if its correction came back or was never made", arguments: BankUnderTest.allCases)
  func correctionCameBack(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let corrections = ["made", "never", "another"].map { (key: String) in
        PaymentOrder.sample(1, key: key, trackingID: "trk-\(key)", cents: 14_50, corrects: Self.first.trackingID.text)
      }
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      _ = await client.prepare(Array(corrections[0...1]))
      #expect(try only(await client.commit([corrections[0]])).value != nil)
      #expect(
        try only(await client.commit([corrections[1]])).refusal == "bank-refused",
        "another correction was made in the meantime")
      _ = await client.void([
        VoidOrder(idempotencyKey: "back", trackingID: corrections[0].trackingID, epoch: .first, reason: "")
      ])
      _ = await client.prepare([corrections[2]])
      #expect(try only(await client.commit([corrections[2]])).value != nil)
      #expect(try await bank.duplicates().isEmpty)
    }
  }

  @Test(
    "while a correction is in effect, no first payment is made, even if the corrected payment came back",
    arguments: BankUnderTest.allCases)
  func correctedCameBackLater(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let correction = PaymentOrder.sample(
        1, key: "correction", trackingID: "trk-correction", cents: 14_50, corrects: Self.first.trackingID.text)
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      _ = await client.prepare([correction])
      _ = await client.commit([correction])
      _ = await client.void([.sample(1)])
      #expect(try only(await client.prepare([Self.other])).refusal == "paid-under-other-key")
      #expect(try await bank.totals().net == correction.amount)
    }
  }

  @Test(
    "a prepared correction is not made if the payment that it corrects has come back", arguments: BankUnderTest.allCases
  )
  func correctedCameBack(_ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, bank) throws in
      let correction = PaymentOrder.sample(
        1, key: "correction", trackingID: "trk-correction", cents: 14_50, corrects: Self.first.trackingID.text)
      _ = await client.prepare([Self.first])
      _ = await client.commit([Self.first])
      let prepared = try only(await client.prepare([correction])).value
      _ = await client.void([.sample(1)])
      #expect(try only(await client.commit([correction])).refusal == "bank-refused")
      #expect(try only(await client.prepare([correction])).value == prepared, "the first answer is replayed as before")
      #expect(try await bank.transfers().map(\.trackingID.text) == ["trk-1", "trk-1"])
    }
  }
}

@Suite("A bank identifies itself, and does nothing that is meant for another bank", .temporaryFolder)
struct BankIdentityTests {
  @Test func `two banks have two identities, and a restart keeps each`() throws {
    let (one, other) = (try BankFolder(), try BankFolder())
    let id = try one.open().id
    #expect(try one.open().id == id)
    #expect(try other.open().id != id)
  }

  @Test func `a request that names another bank is refused before anything is done, whatever it asks`() async throws {
    let (mine, theirs) = (try BankFolder().open(), try BankFolder().open())
    try await withBankServer(theirs) { (url) throws in
      let client = HTTPPaymentBank(url, trusting: BankTrust(bank: mine.id), timeout: .patience)
      #expect(try only(await client.prepare([.sample()])).unclear == "other-bank")
      #expect(try only(await client.commit([.sample()])).unclear == "other-bank")
      guard case .unknown(let failure) = try only(await client.standing(of: [.sample()])) else {
        Issue.record("another bank answered for a payment")
        return
      }
      #expect(failure.code == "other-bank")
      #expect(try only(await client.void([.sample()])).unclear == "other-bank")
      await #expect(throws: ActivityFailure.self) { try await client.transfers(after: 0, limit: 10) }
      #expect(
        try only(await HTTPPaymentBank(url, timeout: .patience).prepare([.sample()])).value != nil,
        "the refused requests left nothing behind")
    }
    #expect(try await theirs.totals().paymentsMade == 0)
  }

  @Test func `the books read over HTTP are the books`() async throws {
    let bank = try BankFolder().open()
    let orders = (1...7).map { PaymentOrder.sample($0, cents: Int64(100 + $0)) }
    _ = await EmbeddedBank(bank).prepare(orders)
    _ = await EmbeddedBank(bank).commit(orders)
    try await withBankServer(bank) { (url) throws in
      let client = HTTPPaymentBank(url, trusting: BankTrust(bank: bank.id), timeout: .patience)
      #expect(try await client.statement() == BankStatement(bank: bank.id, newestTransfer: 7))
      #expect(try await client.transfers(after: 2, limit: 3).map(\.number) == [3, 4, 5])
      let all = try await client.transfers(after: 0, limit: 5000)
      #expect(try await bank.transfers(after: 0, limit: 100) == all)
      let references = ["claim-4", "claim-6", "claim-99"]
      let some = try await client.transfers(references: references)
      #expect(try await bank.transfers(references: references) == some)
    }
  }
}

@Suite("Every value in a bank's answer is compared with the order", .temporaryFolder)
struct ContradictionTests {
  /// Payments that a status query may report instead of the one that was ordered.
  @Test(
    "a status with another amount, payee, payer or claim is for a person to resolve, and never counts as paid",
    arguments: [
      PaymentOrder.sample(cents: 125_51), .sample(payee: "1992999999"), .sample(payer: "OTHER01"),
      .sample(reference: "claim-2"),
    ], BankUnderTest.allCases)
  func contradiction(_ made: PaymentOrder, _ kind: BankUnderTest) async throws {
    try await kind.open(in: BankFolder()) { (client, _) throws in
      _ = await client.prepare([made])
      _ = await client.commit([made])
      guard case .unknown(let failure) = try only(await client.standing(of: [.sample()])) else {
        Issue.record("a payment of something else was accepted as this one")
        return
      }
      #expect(failure.code == "bank-contradicts" && failure.isTerminal)
    }
  }
}
