import BankProtocol
import BankSimulator
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("A check run reports the outcome of each claim to its provider once", .postgres)
struct CheckRunTests {
  @Test("each closed claim is reported once, by payee; a second run finds nothing new", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind)
    try await world.run()
    let issued = try await world.issued()
    // Five claims of one payee and two of the other, with at most two on a check.
    #expect(issued.map(\.row.payee.reference) == ["1234567893", "1234567893", "1234567893", "1999999992"])
    #expect(issued.map(\.row.claimCount) == [2, 2, 1, 2])
    #expect(issued.map(\.row.number) == [1, 2, 3, 4])
    #expect(try await world.told().count == CheckRunWorld.claims.count)
    let paid = try issued.map(\.row.amount).total()
    #expect(paid == (try await world.world.bank.transfers().map(\.amount).total()) && paid > .zero)

    try await world.run()
    #expect(try await world.issued().map(\.file) == issued.map(\.file))
    #expect(try await world.findings().isEmpty)
  }

  @Test("claims that close later, and only those, are reported by a later run", arguments: StoreKind.allCases)
  func later(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind)
    try await world.run()
    try await world.process([SampleClaim.make("LATE", member: "W100000009", day: 9)])
    try await world.run(on: "2026-04-10")
    let last = try #require(try await world.issued().last)
    #expect(last.row.run == 2 && last.file.split(separator: "\n").dropFirst().map { $0.prefix(4) } == ["LATE"])
    #expect(try await world.told().count == CheckRunWorld.claims.count + 1)
    #expect(try await world.findings().isEmpty)
  }

  @Test("no run begins if one has begun since a given time, unless that one is open", arguments: StoreKind.allCases)
  func since(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind)
    let store = try await world.world.openStore()
    let agent = RemittanceAgent(
      store: store, runner: ClaimsWorld.runner(), issuer: CheckRunWorld.issuer, format: world.format)
    let first = try #require(try await agent.begin(on: nil, ifNoneSince: try await store.read { try $0.now }))
    let began = try #require(try await store.read { try $0.lastCheckRunBegan() })
    #expect(try await agent.begin(on: nil, ifNoneSince: began) == first, "it is open")
    try await world.run()
    try await world.process([SampleClaim.make("LATE", member: "W100000009", day: 9)])
    #expect(try await agent.begin(on: nil, ifNoneSince: began) == nil)
    #expect(try await agent.begin(on: nil, ifNoneSince: began.adding(microseconds: 1))?.number == 2)
  }

  @Test(
    "the check of a claim that was paid late reports the interest, and takes it back with the claim",
    arguments: StoreKind.allCases)
  func interest(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind, claims: [])
    var desk = AdjustedWorld(world.world, try await world.world.openStore())
    desk.receivedOn = CalendarDate(year: 2026, month: 4, day: 17)
    try await desk.process([SampleClaim.make("S-1", services: [.init("E0607", 120_000)])])
    try await world.run()
    try await desk.adjust("S-1", by: AdjustedWorld.strict)
    for _ in 1...3 { try await world.run(on: "2026-04-10") }
    let issued = try await world.issued().map(\.row)
    #expect(issued.map(\.interest.cents) == [272, 170 - 272])
    #expect(issued.map(\.amount.cents) == [37_072, 0])
    #expect(issued.last?.carriedOut?.amount.cents == 13_902)
    #expect(try await desk.broken() == [])
  }

  /// When a claim that is decided three times is reported to its provider.
  enum Telling: CaseIterable {
    case atOnce, betweenTimes, atTheEnd
  }

  @Test(
    "a claim decided again is reversed before it is reported anew; debts are carried, and the payments equal what moved",
    arguments: StoreKind.allCases, Telling.allCases)
  func reversal(on kind: StoreKind, _ telling: Telling) async throws {
    let surgery = SampleClaim.make("S-1", services: [.init("E0607", 120_000)])
    let world = try await CheckRunWorld(on: kind, claims: [surgery])
    if telling == .atOnce { try await world.run() }
    let desk = AdjustedWorld(world.world, try await world.world.openStore())
    try await desk.adjust("S-1", by: AdjustedWorld.strict)
    for claim in [SampleClaim.make("V-1", member: "W100000009", day: 9), SampleClaim.make("V-2", member: "W100000009")]
    {
      if telling != .atTheEnd { for _ in 1...3 { try await world.run(on: "2026-04-10") } }
      try await desk.process([claim])
    }
    try await desk.adjust("S-1", by: AdjustedWorld.generous)
    for _ in 1...9 { try await world.run(on: "2026-04-17") }

    let issued = try await world.issued().map(\.row)
    #expect(try issued.map(\.amount).total() == (try await desk.moved()))
    #expect(issued.allSatisfy { $0.amount >= .zero })
    #expect(zip(issued, issued.dropFirst()).allSatisfy { $0.carriedOut?.amount == $1.carriedIn?.amount })
    #expect(issued.contains { $0.carriedOut != nil }, "a debt was carried in between")
    #expect(issued.last?.carriedOut == nil)
    #expect(try await world.told().filter { $0.hasPrefix("S-1") }.count == 5, "three outcomes, two of them reversed")
    #expect(try await desk.broken() == [])
  }

  @Test("a claim that is not finished is not reported", arguments: StoreKind.allCases)
  func suspended(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(
      on: kind, claims: [SampleClaim.make("WAITS", frequency: .replacement), SampleClaim.make("ENDS", day: 3)])
    try await world.run()
    #expect(try await world.told().map { $0.prefix(4) } == ["ENDS"])
  }

  @Test(
    "a claim that cannot be reported is left out and named; the others are reported, and the next run tries it again")
  func heldBack() async throws {
    var world = try await CheckRunWorld(on: .sqlite)
    world.format.unwritable = ["C-2", "C-3"]
    let heldBack = try await world.run()
    #expect(heldBack.map(\.reason) == ["no words", "no words"])
    #expect(try await world.told().count == CheckRunWorld.claims.count - 2)
    #expect(try await world.findings().isEmpty)
    world.format.unwritable = ["C-2"]
    #expect(try await world.run(on: "2026-04-10").count == 1)
    #expect(try await world.told().count == CheckRunWorld.claims.count - 1)
  }

  @Test(
    "only a claim that the database refuses in a remittance is held back, until the database accepts it",
    arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    var world = try await CheckRunWorld(on: kind)
    world.claimsPerCheck = 100
    let id = ClaimIntakeID.sample(CheckRunWorld.claims[3])
    try await world.world.place.refuse(
      "UPDATE", on: "remitted_claims", when: "NEW.remittance_id IS NOT NULL AND NEW.claim_intake_id = '\(id)'")
    #expect(try await world.run().map(\.claimID) == [id])
    #expect(try await world.told().count == CheckRunWorld.claims.count - 1)
    try await world.world.place.accept()
    #expect(try await world.run(on: "2026-04-10").isEmpty)
    #expect(try await world.told().count == CheckRunWorld.claims.count)
    #expect(try await world.findings().isEmpty)
  }

  @Test("a payee without a number for an 835 is not reported to, and does not hold back other payees")
  func nameless() async throws {
    var claim = SampleClaim.make("NAMELESS")
    claim.billingProvider = Provider(name: "Nobody Knows")
    let world = try await CheckRunWorld(on: .sqlite, claims: [claim, SampleClaim.make("KNOWN", day: 3)])
    let heldBack = try await world.run()
    #expect(heldBack.count == 1 && heldBack.first?.reason.contains("neither an NPI nor a tax number") == true)
    #expect(try await world.told().map { $0.prefix(5) } == ["KNOWN"])
  }

  @Test("four concurrent runs report each claim once", arguments: StoreKind.allCases)
  func together(on kind: StoreKind) async throws {
    let world = try await CheckRunWorld(on: kind)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...4 { group.addTask { try await world.run() } }
      try await group.waitForAll()
    }
    // If one run closes before another begins, the other may open an empty run. No claim is reported twice.
    try await world.run()
    #expect(try await world.told().count == CheckRunWorld.claims.count)
    #expect(Set(try await world.told()).count == CheckRunWorld.claims.count)
    #expect(try await world.findings().isEmpty)
  }

  @Test(
    "after a crash or a lost reply at any call, another run gives the same files, and each claim is reported once",
    arguments: StoreKind.allCases)
  func everySingleFault(on kind: StoreKind) async throws {
    let watch = FaultScript()
    let expected = try await CheckRunWorld(on: kind)
    try await expected.run(watch)
    let (calls, files) = (watch.calls, try await expected.issued().map(\.file))
    #expect(calls.count > 20)
    for number in 1...calls.count {
      for fault in FaultScript.Fault.differing(at: calls[number - 1]) {
        let script = FaultScript([number: fault])
        let world = try await CheckRunWorld(on: kind)
        for _ in 1...3 {
          do {
            try await world.run(script)
          } catch {
            script.revive()
            world.world.letLeasesEnd()
          }
        }
        #expect(script.hasFired(number), "call \(number) \(calls[number - 1]) \(fault)")
        #expect(try await world.issued().map(\.file) == files, "call \(number) \(calls[number - 1]) \(fault)")
        #expect(try await world.findings().isEmpty, "call \(number) \(calls[number - 1]) \(fault)")
      }
    }
  }
}
