import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

@Suite("A crash or a lost reply at every call of an adjustment", .postgres)
struct ReversalCrashTests {
  /// 15 days late on the world's day.
  private static let received = CalendarDate(year: 2026, month: 4, day: 17)
  private static let surgery = SampleClaim.make("S-1", services: [.init("E0607", 120_000)])
  private static let visit = SampleClaim.make("V-1", member: "W100000009", day: 9)

  /// The adjustments: one that pays the difference; the same for a claim that was paid late; and one that pays less,
  /// with another payment from which the excess is withheld.
  enum Story: String, CaseIterable {
    case more, late, less

    var ruleset: Ruleset { self == .less ? AdjustedWorld.strict : AdjustedWorld.generous }
    var receivedOn: CalendarDate? { self == .late ? received : nil }
    var moved: [Int64] {
      switch self {
      case .more: [36_800, 9_200]
      case .late: [36_800 + 272, 9_200 + 68]
      case .less: [36_800]
      }
    }
    var owed: Int64 { self == .less ? 800 : 0 }
  }

  @Test(
    "with one fault anywhere, the claim is reversed once and settled once, and every invariant holds",
    arguments: StoreKind.allCases, Story.allCases)
  func everySingleFault(on kind: StoreKind, _ story: Story) async throws {
    let calls = try await run(on: kind, story, [:]).script.calls
    for number in calls.indices.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.differing(at: calls[number - 1]) {
        let run = try await run(on: kind, story, [number: fault])
        let note: Comment = "call \(number) \(calls[number - 1]) \(fault)"
        #expect(run.script.hasFired(number), note)
        #expect(run.ended.allSatisfy { $0.word == "paid" }, note)
        #expect(try await run.world.bank.transfers().map(\.amount.cents) == story.moved, note)
        let store = try await run.world.openStore()
        #expect(try await store.read { try $0.owed(by: ["1234567893"])["1234567893"]?.cents ?? 0 } == story.owed, note)
        #expect(try await AdjustedWorld(run.world, store).broken() == [], note)
      }
    }
    print("adjustment, \(kind.testDescription), \(story): \(calls.count) calls, each failed in every way")
  }

  private func run(
    on kind: StoreKind, _ story: Story, _ plan: [Int: FaultScript.Fault]
  ) async throws -> CrashRun {
    try await CrashRun(on: kind, plan, ruleset: story.ruleset, receivedOn: story.receivedOn) { world in
      var desk = AdjustedWorld(world, try await world.openStore())
      desk.receivedOn = story.receivedOn
      try await desk.process([Self.surgery])
      let revised = try await desk.standing("S-1").revised(for: .rules, by: story.ruleset.id)
      return story == .less ? [revised, Self.visit] : [revised]
    }
  }
}
