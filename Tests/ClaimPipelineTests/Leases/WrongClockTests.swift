import BankProtocol
import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing

@testable import ClaimPipeline

@Suite("A lease from a clock that was ahead", .postgres)
struct WrongClockTests {
  private static let year = Duration.seconds(365 * 86_400)

  /// Performs an act while the clock is a year ahead; then corrects the clock.
  private func aYearAhead<Value>(_ world: ClaimsWorld, _ act: () async throws -> Value) async throws -> Value {
    world.clock.advance(by: Self.year)
    let value = try await act()
    world.clock.advance(by: .zero - Self.year)
    return value
  }

  @Test(
    "ends one lease duration after it is found, however often workers ask, and the claim is paid once",
    arguments: StoreKind.allCases, [false, true])
  func ends(on kind: StoreKind, hears: Bool) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let claim = SampleClaim.make("A-1")
    let dead = try await aYearAhead(world) {
      try await process(claim, world, store, bank: SilentBank(bank: EmbeddedBank(world.bank), hears: hears))
    }
    #expect(dead.word == "unsettled:no-answer")
    for _ in 1...3 {
      let waiting = try await process(claim, world, store)
      #expect(waiting.word == "unsettled:in-progress")
      guard case .unsettled(let unsettled) = waiting, let until = unsettled.retryAt else {
        Issue.record("\(waiting.word)")
        return
      }
      #expect(until <= world.clock.now.adding(ClaimsWorld.lease))
      world.clock.advance(by: ClaimsWorld.lease / 4)
    }
    world.clock.advance(by: ClaimsWorld.lease / 2)
    #expect(try await process(claim, world, store).word == "paid")
    #expect(try await world.bank.transfers().count == 1)
  }

  @Test("stays with its owner as long as the owner renews it: only its end is corrected", arguments: StoreKind.allCases)
  func renewed(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await renewed(world, world.openStore())
  }

  private func renewed(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let (activity, call) = try await payment(world, store)
    let owned = try await aYearAhead(world) { try await intend(activity, call, in: store) }
    let lease = try #require(owned.first).call.record
    for _ in 1...4 {
      #expect(try await intend(activity, call, in: store).isEmpty)
      world.clock.advance(by: ClaimsWorld.lease / 2)
      let kept = try await store.transaction {
        try $0.renew([(lease.key, lease.epoch)], until: $0.now.adding(ClaimsWorld.lease))
      }
      #expect(kept == [lease.key])
    }
  }

  @Test(
    "can be ended by a person like any other lease: its owner is fenced, and the act is on record",
    arguments: StoreKind.allCases)
  func released(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await released(world, world.openStore())
  }

  private func released(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let (activity, call) = try await payment(world, store)
    let owned = try await intend(activity, call, in: store)
    let key = call.request.key.text
    try await store.transaction { transaction in
      let record = try #require(try transaction.records(for: [key])[key])
      try transaction.release(record, by: SignOff(by: "pat", reason: "its machine is gone"))
    }
    #expect(try await store.read { try $0.acts(on: [key]) }.map { [$0.act, $0.person] } == [["end-lease", "pat"]])
    let taken = try await intend(activity, call, in: store)
    #expect(taken.map(\.isTakeover) == [true] && taken.map(\.call.record.epoch) == [Epoch(3)])
    let settled = await ClaimsWorld.runner().settle(activity, taken, keepingLeasesIn: store)
    let late = await ClaimsWorld.runner().settle(activity, owned, keepingLeasesIn: store)
    #expect(late.map(\.result) == [.fenced])
    _ = try await store.transaction { try ClaimsWorld.runner().record(activity, settled, in: $0).count }
    #expect(try await world.bank.transfers().count == 1)
  }

  @Test(
    "does not hold back a queued claim, whether it is leased, put back, submitted or counted",
    arguments: StoreKind.allCases)
  func queue(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let dead = try await aYearAhead(world) {
      #expect(try await store.transaction { try $0.submit(Self.queued(1...3), limit: 3) }.queued == 3)
      #expect(try await store.transaction { try $0.submit(Self.queued(4...4), limit: 3) }.withoutRoom == 1)
      let postponed = try await lease(1, in: store)
      try await store.transaction { transaction in
        try transaction.postpone(postponed.map { ($0.lease, try transaction.now.adding(.milliseconds(500))) })
      }
      return try await lease(1, in: store)
    }
    let waiting = try await lease(9, in: store)
    #expect(waiting.count == 2, "the claim that was put back, and the one that was never leased")
    #expect(try await lease(9, in: store).isEmpty)
    _ = try await store.transaction { try $0.finish(waiting.map(\.lease)) }
    #expect(try await store.transaction { try $0.submit(Self.queued(5...6), limit: 3) }.queued == 2)

    world.clock.advance(by: .seconds(31))
    let again = try await lease(1, in: store)
    #expect(again.map(\.lease.key) == dead.map(\.lease.key) && again.map(\.attempts) == [2])
    #expect(try await store.transaction { try $0.finish(dead.map(\.lease)) }.isEmpty, "the dead worker is fenced")
  }

  // MARK: Helpers

  private func process(
    _ claim: SubmittedClaim, _ world: ClaimsWorld, _ store: ClaimStore, bank: (any PaymentBank)? = nil
  ) async throws -> EndedClaim {
    // A day on which the claim is in time, whatever the clock says.
    let day = CalendarDate(year: 2026, month: 4, day: 1)
    return try #require(try await world.process([claim], on: store, bank: bank, receivedOn: day).first)
  }

  private func payment(
    _ world: ClaimsWorld, _ store: ClaimStore
  ) async throws -> (PaymentActivity<ClaimTransaction>, ActivityCall<PaymentRequest>) {
    (
      PaymentActivity(bank: EmbeddedBank(world.bank)),
      ActivityCall(try await AgentRequest.payment(of: "A-1", 10_000, in: store))
    )
  }

  private func intend(
    _ activity: PaymentActivity<ClaimTransaction>, _ call: ActivityCall<PaymentRequest>, in store: ClaimStore
  ) async throws -> [OwnedIntent<PaymentActivity<ClaimTransaction>>] {
    try await store.transaction { [try ClaimsWorld.runner().intend(activity, call, in: $0).owned].compactMap(\.self) }
  }

  private func lease(_ limit: Int, in store: ClaimStore) async throws -> [LeasedClaim] {
    try await store.transaction {
      try $0.lease(upTo: limit, by: WorkerID("worker"), until: $0.now.adding(.seconds(30)))
    }
  }

  private static func queued(_ numbers: ClosedRange<Int>) -> [QueuedClaim] {
    numbers.map {
      QueuedClaim(
        key: KeyText(effect: "intake", segments: ["P", "\($0)"]), payerID: PayerID("P"), priority: 0,
        receivedOn: .openEnd, body: Array("{}".utf8), source: "claims.837", place: "segment \($0)")
    }
  }
}
