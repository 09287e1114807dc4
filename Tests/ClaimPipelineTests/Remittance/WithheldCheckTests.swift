import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableSQL
import TestSupport
import Testing

@Suite(
  "All outcomes are eventually reported to providers, however often claims are decided again between check runs",
  .postgres)
struct WithheldCheckTests {
  private static let mistake = ChosenDenial(group: .contractual, reason: "16", remark: "M76")

  @Test(
    "a payment that withheld money and was reversed unreported is reported only after the withheld debt is reported",
    arguments: StoreKind.allCases)
  func reversedUntold(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind, claims: [])
    let desk = AdjustedWorld(world.world, try await world.world.openStore())
    try await desk.process([SampleClaim.make("S-1", services: [.init("E0607", 120_000)])])
    try await desk.adjust("S-1", by: AdjustedWorld.usual, denial: Self.mistake)
    try await desk.process([SampleClaim.make("V-1", member: "W2")])
    try await desk.adjust("V-1", by: AdjustedWorld.usual, denial: Self.mistake)
    try await desk.process([SampleClaim.make("V-2", member: "W3")])
    for _ in 1...9 { try await world.run() }
    #expect(try await world.told().map { $0.prefix(3) } == ["S-1", "S-1", "S-1", "V-1", "V-1", "V-1", "V-2"])
    #expect(try await world.issued().last?.row.carriedOut?.amount == (try await desk.owed()))
    #expect(try await desk.owed().cents == 23_800)
    #expect(try await desk.broken() == [])
  }

  @Test(
    "for any order of claims, adjustments, denials and runs, each outcome and each reversal is reported, and the balance carried is the amount owed",
    arguments: StoreKind.allCases, [21, 22, 23, 24] as [UInt64])
  func walk(on kind: StoreKind, seed: UInt64) async throws {
    print("check runs between adjustments, \(kind.testDescription): seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let world = try await CheckRunWorld(on: kind, claims: [])
    var desk = AdjustedWorld(world.world, try await world.world.openStore())
    var (claims, decisions) = (0, 0)
    for _ in 1...30 {
      switch Int.random(in: 0...5, using: &random) {
      case 0...1 where claims < 8, _ where claims == 0:
        claims += 1
        // A day that is in time or late by the world's clock.
        desk.receivedOn = CalendarDate(year: 2026, month: .random(in: 3...5, using: &random), day: 15)
        let care = SampleClaim.Service("E0607", .random(in: 40_000...150_000, using: &random))
        try await desk.process([SampleClaim.make("C-\(claims)", member: "W\(claims)", services: [care])])
        decisions += 1
      case 5:
        try await world.run()
      default:
        let ruleset = AdjustedWorld.rulesets.randomElement(using: &random) ?? AdjustedWorld.usual
        let denial = Int.random(in: 0...2, using: &random) == 0 ? Self.mistake : nil
        let number = "C-\(Int.random(in: 1...claims, using: &random))"
        // Nothing but an appeal sets an earlier denial aside.
        try await desk.adjust(number, by: ruleset, for: .appeal, denial: denial)
        decisions += 1
      }
    }
    for _ in 1...40 { #expect(try await world.run().isEmpty, "seed \(seed)") }

    // All decisions were reversed, except the last one for each claim.
    #expect(try await world.told().count == decisions + (decisions - claims), "seed \(seed)")
    let issued = try await world.issued().map(\.row)
    #expect(issued.last?.carriedOut?.amount ?? .zero == (try await desk.owed()), "seed \(seed)")
    #expect(try issued.map(\.amount).total() == (try await desk.moved()), "seed \(seed)")
    #expect(try await desk.broken() == [], "seed \(seed)")
  }
}
