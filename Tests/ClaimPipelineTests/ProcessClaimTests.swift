import StoreSQL
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import PaymentGateway
import SQLiteStore
import TestSupport
import Testing

@Suite("A claim's way through the five agents")
struct ProcessClaimTests {
  @Test("a claim is decided, paid once, and a second run replays every step byte for byte")
  func replay() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let claim = SampleClaim.make("A-1", services: [.init("E0607", 100_000), .init("G0463", 20_000)])

    let first = try await world.processor(on: store).process([claim])
    #expect(first.map(\.word) == ["paid"])
    #expect(first.map(\.isReplay) == [false])
    let audited = try #require(first.first?.audited)
    // 1000.00 at 80 % is 800.00: 500.00 deductible, 20 % of 300.00; the visit 200.00 at 80 % less a 30.00 copay.
    #expect(audited.row.amounts?.planPaid == Money(cents: 24_000 + 13_000))

    let second = try await world.processor(on: store).process([claim])
    #expect(second.map(\.word) == ["paid"])
    #expect(second.map(\.isReplay) == [true])
    #expect(try await world.standingPayments() == [audited.row.id.text: 1])
  }

  @Test("the same claim twice in one batch is one claim")
  func twinsInABatch() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let claim = SampleClaim.make("A-1")
    let ended = try await world.processor(on: store, patience: .seconds(5)).process([claim, claim])
    #expect(ended.map(\.word) == ["paid", "paid"])
    #expect(ended.map(\.isReplay) == [false, true])
    #expect(try await world.standingPayments().values.map(\.self) == [1])
  }

  @Test("the same care under another claim number denies as OA-18 and is not paid")
  func exactDuplicate() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let ended = try await world.processor(on: store).process([SampleClaim.make("A-1"), SampleClaim.make("A-2")])
    #expect(ended.map(\.word) == ["paid", "denied"])
    #expect(try await world.standingPayments().count == 1)
  }

  @Test("a claim whose charges do not add up is sent back, and sent back the same way again")
  func rejection() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    var claim = SampleClaim.make("A-1")
    claim.charge = Money(cents: 1)
    let processor = world.processor(on: store)
    #expect(try await processor.process([claim]).map(\.word) == ["rejected"])
    let again = try await processor.process([claim])
    #expect(again.map(\.isReplay) == [true])
  }

  @Test("a replacement claim waits for a person, and nothing is paid", arguments: [ClaimFrequency.replacement, .void])
  func replacement(frequency: ClaimFrequency) async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let ended = try await world.processor(on: store).process([SampleClaim.make("A-1", frequency: frequency)])
    #expect(ended.map(\.word) == ["suspended"])
    #expect(try await world.bank.transfers().isEmpty)
  }

  @Test("a payee the bank refuses suspends the claim, and the refusal is replayed")
  func refusedPayee() async throws {
    let world = try ClaimsWorld(refusing: ["1234567893"])
    let store = try world.openStore()
    let claim = SampleClaim.make("A-1")
    #expect(try await world.processor(on: store).process([claim]).map(\.word) == ["suspended"])
    #expect(try await world.processor(on: store).process([claim]).map(\.word) == ["suspended"])
    #expect(try await world.bank.transfers().isEmpty)
  }

  @Test("a refused payment is made once its cause is gone and a person has released its key")
  func release() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let claim = SampleClaim.make("A-1")
    let closed = EmbeddedBank(try Bank(path: world.folder.file("bank.db"), refusing: ["1234567893"]))
    let refused = try await world.processor(on: store, bank: closed).process([claim])
    #expect(refused.map(\.word) == ["suspended"])
    #expect(try await world.processor(on: store).process([claim]).map(\.word) == ["suspended"], "not without a person")

    let key = try #require(refused.first?.audited?.row.keys.payment)
    try await store.transaction { transaction in
      let record = try #require(try transaction.records(for: [key])[key])
      try transaction.release(record, by: "an examiner", reason: "the account is open again")
    }
    for _ in 1...2 {
      #expect(try await world.processor(on: store).process([claim]).map(\.word) == ["paid"])
      #expect(try await world.bank.transfers().count == 1)
    }
  }

  @Test("a later ruleset does not decide a claim again")
  func laterRuleset() async throws {
    let world = try ClaimsWorld()
    let store = try world.openStore()
    let claim = SampleClaim.make("A-1", services: [.init("E0607", 100_000)])
    let first = try await world.processor(on: store).process([claim])
    let later = SampleRuleset.make(id: "test-2", coinsurance: 5_000)
    let second = try await world.processor(on: store, ruleset: later).process([claim])
    #expect(second.first?.audited?.row == first.first?.audited?.row)
    #expect(try await world.bank.transfers().count == 1)
  }
}
