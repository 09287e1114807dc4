import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing

@Suite("Processing a claim with the five agents", .postgres)
struct ProcessClaimTests {
  @Test(
    "a claim is decided, paid once, and a second run replays every step byte for byte", arguments: StoreKind.allCases)
  func replay(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1", services: [.init("E0607", 100_000), .init("G0463", 20_000)])

    let first = try await world.process([claim], on: store)
    #expect(first.map(\.word) == ["paid"])
    #expect(first.map(\.isReplay) == [false])
    let audited = try #require(first.first?.audited)
    // 1000.00 at 80 % is 800.00: 500.00 deductible, 20 % of 300.00; the visit of 200.00 at 80 %, less a copay of 30.00.
    #expect(audited.row.amounts?.planPaid == Money(cents: 24_000 + 13_000))

    let second = try await world.process([claim], on: store)
    #expect(second.map(\.word) == ["paid"])
    #expect(second.map(\.isReplay) == [true])
    #expect(try await world.standingPayments() == [audited.row.id.text: 1])
  }

  @Test("the same claim twice in one batch is processed once", arguments: StoreKind.allCases)
  func twinsInABatch(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1")
    let ended = try await world.process([claim, claim], on: store, patience: .seconds(5))
    #expect(ended.map(\.word) == ["paid", "paid"])
    #expect(ended.map(\.isReplay) == [false, true])
    #expect(try await world.standingPayments().values.map(\.self) == [1])
  }

  @Test(
    "so is the same replacement or void, beside the claim that it is about or after it",
    arguments: [ClaimFrequency.replacement, .void], StoreKind.allCases)
  func correctedTwins(frequency: ClaimFrequency, on kind: StoreKind) async throws {
    for isBeside in [true, false] {
      let world = try ClaimsWorld(on: kind)
      let store = try await world.openStore()
      let original = SampleClaim.make("A-1")
      var correction = SampleClaim.make("A-1", services: [.init("E0607", 50_000)], frequency: frequency)
      correction.payerControlNumber = IntakeKey(of: original).claimID.text
      if !isBeside { #expect(try await world.process([original], on: store).map(\.word) == ["paid"]) }

      let batch = (isBeside ? [original] : []) + [correction, correction, correction]
      let ended = Array(try await world.process(batch, on: store, patience: .seconds(5)).suffix(3))
      let word = frequency == .void ? "denied" : "paid"
      #expect(ended.map(\.word) == [word, word, word])
      #expect(ended.map(\.isReplay) == [false, true, true])
      // Nothing more is due, and what was paid for the original is a balance that the payee owes.
      #expect(try await world.bank.transfers().map(\.amount) == [Money(cents: 13_000)])
      #expect(try await world.process(batch, on: store).allSatisfy(\.isReplay))
    }
  }

  @Test("the same care under another claim number is denied with OA-18 and not paid", arguments: StoreKind.allCases)
  func exactDuplicate(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let ended = try await world.process([SampleClaim.make("A-1"), SampleClaim.make("A-2")], on: store)
    #expect(ended.map(\.word) == ["paid", "denied"])
    #expect(try await world.standingPayments().count == 1)
  }

  @Test(
    "a claim whose charges do not add up is sent back, every time in the same way", arguments: StoreKind.allCases)
  func rejection(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    var claim = SampleClaim.make("A-1")
    claim.charge = Money(cents: 1)
    #expect(try await world.process([claim], on: store).map(\.word) == ["rejected"])
    let again = try await world.process([claim], on: store)
    #expect(again.map(\.isReplay) == [true])
  }

  @Test(
    "a replacement claim waits for a person, and nothing is paid", arguments: [ClaimFrequency.replacement, .void],
    StoreKind.allCases)
  func replacement(frequency: ClaimFrequency, on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let ended = try await world.process([SampleClaim.make("A-1", frequency: frequency)], on: store)
    #expect(ended.map(\.word) == ["suspended"])
    #expect(try await world.bank.transfers().isEmpty)
  }

  @Test("a payee that the bank refuses suspends the claim, and the refusal is replayed", arguments: StoreKind.allCases)
  func refusedPayee(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind, refusing: ["1234567893"])
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1")
    #expect(try await world.process([claim], on: store).map(\.word) == ["suspended"])
    #expect(try await world.process([claim], on: store).map(\.word) == ["suspended"])
    #expect(try await world.bank.transfers().isEmpty)
  }

  @Test(
    "a refused payment is made once its cause is resolved and a person has released its key",
    arguments: StoreKind.allCases)
  func release(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1")
    let closed = EmbeddedBank(try Bank(path: world.folder.file("bank.db"), refusing: ["1234567893"]))
    let refused = try await world.process([claim], on: store, bank: closed)
    #expect(refused.map(\.word) == ["suspended"])
    #expect(
      try await world.process([claim], on: store).map(\.word) == ["suspended"],
      "nothing is paid before a person releases the key")

    let key = try #require(refused.first?.audited?.row.keys.payment)
    try await store.transaction { transaction in
      let record = try #require(try transaction.records(for: [key])[key])
      try transaction.release(record, by: try SignOff(by: "an examiner", reason: "the account is open again"))
    }
    for _ in 1...2 {
      #expect(try await world.process([claim], on: store).map(\.word) == ["paid"])
      #expect(try await world.bank.transfers().count == 1)
    }
  }

  @Test("a later ruleset does not decide a claim again", arguments: StoreKind.allCases)
  func laterRuleset(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1", services: [.init("E0607", 100_000)])
    let first = try await world.process([claim], on: store)
    let later = SampleRuleset.make(id: "test-2", coinsurance: 5_000)
    let second = try await world.process([claim], on: store, ruleset: later)
    #expect(second.first?.audited?.row == first.first?.audited?.row)
    #expect(try await world.bank.transfers().count == 1)
  }
}
