import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing

@Suite("Claims of one family decided repeatedly, in any order and by any rules", .postgres)
struct ReversalPropertyTests {
  /// Claims of two people of one family, who share a deductible and a payee.
  private static let numbers = (1...5).map { "F-\($0)" }

  @Test("the sums are correct after every step", arguments: StoreKind.allCases, [11, 12, 13] as [UInt64])
  func walk(on kind: StoreKind, seed: UInt64) async throws {
    print("reversal walk, \(kind.testDescription): seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var desk = try await AdjustedWorld(on: kind)
    var known: [String] = []
    for step in 1...25 {
      if known.count < Self.numbers.count, Bool.random(using: &random) || known.isEmpty {
        let number = Self.numbers[known.count]
        known.append(number)
        // A day that is in time or late by the world's clock.
        desk.receivedOn = CalendarDate(year: 2026, month: .random(in: 3...5, using: &random), day: 15)
        let cents = Int64.random(in: 1_000...150_000, using: &random)
        try await desk.process([
          SampleClaim.make(
            number, member: known.count.isMultiple(of: 2) ? "W1" : "W2", day: known.count,
            services: [.init("E0607", cents), .init("G0463", 20_000)])
        ])
      } else {
        let number = known.randomElement(using: &random) ?? ""
        let ruleset = AdjustedWorld.rulesets.randomElement(using: &random) ?? AdjustedWorld.usual
        #expect(try await desk.adjust(number, by: ruleset).word == "paid")
      }
      try await desk.check(known, "seed \(seed), step \(step)")
    }
  }

  @Test(
    "of two concurrent adjustments of one claim, one takes effect, and the money is right",
    arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([SampleClaim.make("S-1", services: [.init("E0607", 120_000)])])
    let prior = try await desk.standing("S-1")
    let others = [AdjustedWorld.generous, AdjustedWorld.strict]
    let words = try await withThrowingTaskGroup(of: String.self) { group in
      for ruleset in others {
        group.addTask {
          let store = try await desk.world.openStore()
          let revised = try prior.revised(for: .rules, by: ruleset.id)
          return try await desk.world.process([revised], on: store, ruleset: ruleset, patience: .seconds(20))
            .map(\.word).joined()
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(words.sorted() == ["paid", "suspended"])
    #expect(try await desk.broken() == [])
  }
}
