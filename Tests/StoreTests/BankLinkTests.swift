import BankProtocol
import BankSimulator
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("A store has a record of the bank that pays for it", .postgres)
struct BankLinkTests {
  private static let mine = BankLink(bank: BankID("bank-mine"), address: .file("/banks/mine.db"))
  private static let theirs = BankLink(bank: BankID("bank-theirs"), address: .gateway("http://theirs:8090"))

  @Test("from the first intent on, permanently: another bank is refused", arguments: StoreKind.allCases)
  func forGood(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    #expect(try await store.read { try $0.bankLink() } == nil)
    let (mine, theirs) = (Self.mine, Self.theirs)
    try await store.transaction { try $0.link(to: mine) }
    try await store.transaction { try $0.link(to: mine) }
    await #expect(throws: OtherBank(linked: BankID("bank-mine"), given: BankID("bank-theirs"))) {
      try await store.transaction { try $0.link(to: theirs) }
    }
    #expect(try await store.read { try $0.bankLink() } == mine)
  }

  @Test("with the first intent itself: a run at another bank intends nothing", arguments: StoreKind.allCases)
  func withIntent(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    try await withIntent(world, store)
  }

  private func withIntent(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    func run(_ number: String, at link: BankLink) async throws -> [EndedClaim] {
      try await ClaimProcessor(
        store: store, runner: ClaimsWorld.runner(), bank: EmbeddedBank(world.bank), ruleset: world.ruleset,
        settings: .init(enrollment: SampleRuleset.planID, patience: .zero, link: link)
      ).process([SampleClaim.make(number, member: number)].placed).map(\.value)
    }
    _ = try await run("A-1", at: Self.mine)
    #expect(try await store.read { try $0.bankLink() }?.bank == Self.mine.bank)
    await #expect(throws: OtherBank(linked: BankID("bank-mine"), given: BankID("bank-theirs"))) {
      _ = try await run("A-2", at: Self.theirs)
    }
    #expect(try await world.bank.transfers().count == 1, "nothing was sent")
  }

  @Test("the number of accounted transfers only grows, and the address may change", arguments: StoreKind.allCases)
  func account(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let mine = Self.mine
    try await store.transaction { transaction in
      try transaction.link(to: mine)
      try transaction.account(through: 7)
      try transaction.account(through: 5)
      try transaction.note(.gateway("http://mine:8090"))
    }
    let link = try await store.read { try $0.bankLink() }
    #expect(link == BankLink(bank: mine.bank, address: .gateway("http://mine:8090"), accountedThrough: 7))
  }

  @Test(
    "found transfers are stored once, and are open until a payment accounts for them", arguments: StoreKind.allCases)
  func foundTransfers(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let transfer = BankTransfer(
      number: 3, id: "transfer-3", trackingID: TrackingID("trk-lost"), amount: Money(cents: 95_00),
      payer: PayerID("99999"), payee: "1234567893", reference: "CLM-lost")
    try await store.transaction { transaction in
      try transaction.keep(found: [transfer])
      try transaction.keep(found: [transfer])
    }
    var (other, back) = (transfer, transfer)
    (other.number, other.trackingID) = (4, TrackingID("trk-other"))
    (back.number, back.id, back.amount) = (5, "transfer-5", Money(cents: -95_00))
    let transfers = [transfer, other, back]
    let known = try await store.read { try $0.accountedFor(among: transfers) }
    #expect(known == [3], "the return of the money is a new finding")
    #expect(try await store.read { try $0.foundTransfers(for: [ClaimIntakeID("CLM-lost")]) } == [transfer])
    let open = try await store.read { try OpenTransfer.all(in: $0) }
    #expect(open.map(\.transfer) == [transfer] && open.map(\.meaning) == [.claimNotHere])
    try await store.transaction { [back] in try $0.keep(found: [back]) }
    #expect(try await store.read { try OpenTransfer.all(in: $0) }.isEmpty, "no transfer is open")
  }
}
