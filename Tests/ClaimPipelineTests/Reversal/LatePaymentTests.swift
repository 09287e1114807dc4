import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

/// The world's day is 1 June 2026. Claims received on 17 April are late from 18 May on, so 15 late days have passed.
@Suite("A claim that is paid late: interest moves with the payment, and is reversed with it", .postgres)
struct LatePaymentTests {
  /// 1,200.00 charged, 960.00 allowed, 500.00 deductible, 460.00 remaining to share.
  private static let surgery = SampleClaim.make("S-1", services: [.init("E0607", 120_000)])
  private static let received = CalendarDate(year: 2026, month: 4, day: 17)

  private static let mistake = ChosenDenial(group: .contractual, reason: "16", remark: "M76")

  private static func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    var desk = try await AdjustedWorld(on: kind)
    desk.receivedOn = received
    return desk
  }

  @Test("368.00 paid 15 days late at 18 % gets 2.72 more, in one transfer, once", arguments: StoreKind.allCases)
  func late(on kind: StoreKind) async throws {
    let desk = try await Self.desk(on: kind)
    for _ in 1...2 { try await desk.process([Self.surgery]) }
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [37_072])
    let payment = try #require(try await desk.payment(of: "S-1"))
    #expect(payment.interest.cents == 272 && payment.late?.first.description == "2026-05-18")
    #expect(try await desk.decided(["S-1"]).cents == 36_800)
    let balances = try await desk.store.read { try $0.accountBalances() }
    #expect(balances["interest-expense"]?.cents == 272 && balances["claims-payable"] ?? .zero == .zero)
    try await desk.check(["S-1"])
  }

  @Test("there is no interest on a claim that is paid in time or has nothing due", arguments: StoreKind.allCases)
  func inTime(on kind: StoreKind) async throws {
    var desk = try await AdjustedWorld(on: kind)
    desk.receivedOn = CalendarDate(year: 2026, month: 5, day: 2)
    try await desk.process([Self.surgery])
    #expect(try await desk.payment(of: "S-1")?.interest == .zero)
    desk.receivedOn = Self.received
    try await desk.process([SampleClaim.make("D-1", member: "W2", services: [.init("A9270", 5_000)])])
    #expect(try await desk.payment(of: "D-1")?.late == nil)
    try await desk.check(["S-1", "D-1"])
  }

  @Test(
    "an intended payment keeps its amount: a run a day later pays the same, whether or not the bank received the order",
    arguments: StoreKind.allCases, [true, false])
  func intended(on kind: StoreKind, hears: Bool) async throws {
    let desk = try await Self.desk(on: kind)
    let silent = SilentBank(bank: EmbeddedBank(desk.world.bank), hears: hears)
    let unheard = try await desk.world.process(
      [Self.surgery], on: desk.store, bank: silent, ruleset: AdjustedWorld.usual, receivedOn: Self.received)
    #expect(unheard.map(\.word) == ["unsettled:no-answer"])
    desk.world.clock.advance(by: .seconds(86_400))
    #expect(try await desk.process([Self.surgery]).map(\.word) == ["paid"])
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [37_072])
    try await desk.check(["S-1"])
  }

  @Test(
    "a correction is as late as the payment it corrects: the difference is paid, with its interest",
    arguments: StoreKind.allCases)
  func more(on kind: StoreKind) async throws {
    let desk = try await Self.desk(on: kind)
    try await desk.process([Self.surgery])
    desk.world.clock.advance(by: .seconds(90 * 86_400))
    try await desk.adjust("S-1", by: AdjustedWorld.generous)
    // 460.00 and 3.40, less 368.00 and 2.72.
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [37_072, 9_268])
    try await desk.check(["S-1"])
  }

  @Test(
    "rules A, then B, then A again, with a denial in between: A is paid once, and so is its interest",
    arguments: StoreKind.allCases)
  func thereAndBack(on kind: StoreKind) async throws {
    let desk = try await Self.desk(on: kind)
    try await desk.process([Self.surgery])
    try await desk.adjust("S-1", by: AdjustedWorld.strict)
    #expect(try await desk.owed().cents == 37_072 - 23_000 - 170)
    try await desk.adjust("S-1", by: AdjustedWorld.usual, for: .appeal, denial: Self.mistake)
    #expect(try await desk.owed().cents == 37_072)
    try await desk.adjust("S-1", by: AdjustedWorld.usual, for: .appeal)
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [37_072])
    #expect(try await desk.owed() == .zero)
    #expect(try await desk.payment(of: "S-1")?.interest.cents == 272)
    try await desk.check(["S-1"])
  }

  @Test("a claim denied at first and paid on appeal gets no interest, however late", arguments: StoreKind.allCases)
  func appeal(on kind: StoreKind) async throws {
    let desk = try await Self.desk(on: kind)
    try await desk.process([SampleClaim.make("N-1", services: [.init("A9270", 90_000)])])
    try await desk.adjust("N-1", by: AdjustedWorld.covering, for: .appeal)
    let payment = try #require(try await desk.payment(of: "N-1"))
    #expect(payment.amount.cents == 17_600 && payment.interest == .zero && payment.late == nil)
    try await desk.check(["N-1"])
  }
}
