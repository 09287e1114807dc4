import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing

@Suite("A claim that is decided again is reversed, decided anew, and settled to the cent", .postgres)
struct ReversalTests {
  /// 1,200.00 charged, 960.00 allowed, 500.00 deductible, 460.00 remaining to share.
  private static let surgery = SampleClaim.make("S-1", services: [.init("E0607", 120_000)])
  private static let visit = SampleClaim.make("V-1", member: "W100000009", day: 9)

  @Test("if more is due, only the difference is paid", arguments: StoreKind.allCases)
  func more(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([Self.surgery])
    #expect(try await desk.moved() == Money(cents: 36_800))
    #expect(try await desk.adjust("S-1", by: AdjustedWorld.generous).word == "paid")
    #expect(try await desk.moved() == Money(cents: 46_000))
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800, 9_200])
    try await desk.check(["S-1"])
  }

  @Test("if less is due, nothing moves, and the next payment to the payee is smaller", arguments: StoreKind.allCases)
  func less(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([Self.surgery])
    try await desk.adjust("S-1", by: AdjustedWorld.strict)
    #expect(try await desk.world.bank.transfers().count == 1)
    #expect(try await desk.owed() == Money(cents: 13_800))
    try await desk.check(["S-1"])
    // 160.00 allowed, 30.00 copay: the whole 130.00 is withheld, and 8.00 of the next payment.
    try await desk.process([Self.visit])
    #expect(try await desk.world.bank.transfers().count == 1)
    #expect(try await desk.owed() == Money(cents: 800))
    try await desk.process([SampleClaim.make("V-2", member: "W100000009", day: 10)])
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800, 12_200])
    #expect(try await desk.owed() == .zero)
    try await desk.check(["S-1", "V-1", "V-2"])
  }

  @Test("rules A, then B, then A again: A is paid once", arguments: StoreKind.allCases)
  func thereAndBack(on kind: StoreKind) async throws {
    for other in [AdjustedWorld.generous, AdjustedWorld.strict] {
      let desk = try await AdjustedWorld(on: kind)
      try await desk.process([Self.surgery])
      try await desk.adjust("S-1", by: other)
      try await desk.adjust("S-1", by: AdjustedWorld.usual)
      #expect(try await desk.moved() == (try await desk.decided(["S-1"]) + desk.owed()))
      #expect(try await desk.decided(["S-1"]) == Money(cents: 36_800))
      try await desk.check(["S-1"], "\(other.id)")
    }
  }

  @Test("the same adjustment twice is made once: the same bytes, and nothing moves", arguments: StoreKind.allCases)
  func repeated(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([Self.surgery])
    let revised = try await desk.standing("S-1").revised(for: .rules, by: AdjustedWorld.generous.id)
    let first = try await desk.process([revised], by: AdjustedWorld.generous)
    let second = try await desk.process([revised], by: AdjustedWorld.generous)
    #expect(second.map(\.word) == first.map(\.word) && second.allSatisfy(\.isReplay))
    // The original claim is replayed as it was decided.
    #expect(try await desk.process([Self.surgery]).map(\.isReplay) == [true])
    #expect(try await desk.world.bank.transfers().count == 2)
    try await desk.check(["S-1"])
  }

  @Test(
    "after a void, the year's totals, the books and the member's share are as if the claim had never existed",
    arguments: StoreKind.allCases)
  func void(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([Self.surgery])
    var void = Self.surgery
    void.frequency = .void
    void.payerControlNumber = try await desk.standing("S-1").row.id.text
    void.digest = ContentDigest.sha256("void".utf8)
    #expect(try await desk.process([void]).map(\.word) == ["denied"])
    let balances = try await desk.store.read { try $0.accountBalances() }
    #expect(
      balances.filter { $0.value != .zero } == [
        "cash": Money(cents: -36_800), "provider-receivable": Money(cents: 36_800),
      ])
    #expect(
      try await desk.store.read { try $0.accumulatorTotals(after: nil, limit: 9) }.allSatisfy { $0.amount == .zero })
    try await desk.check(["S-1"])
  }

  @Test("a replacement replaces the claim it names, and no other", arguments: StoreKind.allCases)
  func replacement(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([Self.surgery])
    let original = try await desk.standing("S-1").row.id
    #expect(try await desk.process([Self.replacing("CLM-0000", as: "R-4")]).map(\.word) == ["suspended"])
    #expect(try await desk.process([Self.replacing(nil, as: "R-5")]).map(\.word) == ["suspended"])
    var stranger = Self.replacing(original.text)
    stranger.claimNumber = ClaimNumber("R-3")
    stranger.billingProvider.npi = "1993999998"
    stranger.digest = ContentDigest.sha256("stranger".utf8)
    #expect(try await desk.process([stranger]).map(\.word) == ["suspended"])
    // 800.00 of 1,000.00 allowed: 500.00 deductible, 80 % of 300.00.
    #expect(try await desk.process([Self.replacing(original.text)]).map(\.word) == ["paid"])
    #expect(try await desk.decided(["R-1"]) == Money(cents: 24_000))
    #expect(try await desk.owed() == Money(cents: 12_800))
    var late = Self.replacing(original.text)
    late.claimNumber = ClaimNumber("R-2")
    late.digest = ContentDigest.sha256("late".utf8)
    #expect(try await desk.process([late]).map(\.word) == ["suspended"])
    #expect(try await desk.broken() == [])
  }

  @Test(
    "the first decision of a suspended claim stays, and a person's decision makes another",
    arguments: StoreKind.allCases)
  func suspended(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let claims = ["I-1", "I-2"].map { number in
      SampleClaim.make(number, member: "W-\(number)", frequency: ClaimFrequency("3"))
    }
    #expect(try await desk.process(claims).map(\.word) == ["suspended", "suspended"])
    #expect(try await desk.store.read { try $0.suspendedClaims(after: nil, limit: 9) }.count == 2)
    #expect(try await desk.adjust("I-1", by: AdjustedWorld.usual, for: .release).word == "paid")
    let denial = ChosenDenial(group: .contractual, reason: "16", remark: "M76")
    #expect(try await desk.adjust("I-2", by: AdjustedWorld.usual, for: .denial, denial: denial).word == "denied")
    #expect(try await desk.standing("I-2").decision?.lines.first?.adjustments.map(\.code) == ["CO-16"])
    #expect(try await desk.store.read { try $0.suspendedClaims(after: nil, limit: 9) }.isEmpty)
    #expect(try await desk.process(claims).map(\.isReplay) == [true, true])
    try await desk.check(["I-1", "I-2"])
  }

  private static func replacing(_ prior: String?, as number: String = "R-1") -> SubmittedClaim {
    var claim = SampleClaim.make(number, services: [.init("E0607", 100_000)], frequency: .replacement)
    claim.payerControlNumber = prior
    claim.digest = ContentDigest.sha256("\(claim.digest) \(prior ?? "")".utf8)
    return claim
  }
}
