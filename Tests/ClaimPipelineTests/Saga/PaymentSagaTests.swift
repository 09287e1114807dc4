import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

@Suite("A payment that the books refuse is taken back", .postgres)
struct PaymentSagaTests {
  @Test(
    "the payment is voided at the bank, a person reviews the claim, and another run moves nothing",
    arguments: StoreKind.allCases)
  func closedCashBook(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let today = world.clock.now.day
    try await store.transaction { try $0.closeCashBook(through: today) }
    let claim = SampleClaim.make("A-1")
    for _ in 1...2 {
      let ended = try await world.process([claim], on: store)
      #expect(ended.map(\.word) == ["suspended"])
      #expect(try await world.standingPayments().values.map(\.self) == [0])
      #expect(try await world.bank.transfers().count == 2)
    }
  }

  @Test("a void that the database refuses does not hold up the voids beside it", arguments: StoreKind.allCases)
  func refusedRow(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let today = world.clock.now.day
    try await store.transaction { try $0.closeCashBook(through: today) }
    let claims = (1...5).map {
      SampleClaim.make("A-\($0)", day: $0, services: [.init("G0463", 20_000 + Int64($0) * 1_000)])
    }
    let spoiled = IntakeKey(of: claims[2]).claimID
    try await world.place.refuse(
      "UPDATE", on: "payments", when: "NEW.state = 'voided' AND NEW.claim_intake_id = '\(spoiled.text)'")
    let ended = try await world.process(claims, on: store)
    let ids = claims.map { IntakeKey(of: $0).claimID }
    let standing = try await store.read { try $0.payments(of: ids) }.filter(\.state.isStanding)
    #expect(standing.map(\.claimID) == [spoiled])
    #expect(ended.map { $0.word == "suspended" } == ids.map { $0 != spoiled }, "\(ended.map(\.word))")

    try await world.place.accept()
    world.letLeasesEnd()
    #expect(try await world.process(claims, on: store).map(\.word) == Array(repeating: "suspended", count: 5))
    #expect(try await store.read { try $0.payments(of: ids) }.allSatisfy { !$0.state.isStanding })
    #expect(try await world.standingPayments().values.allSatisfy { $0 == 0 })
  }

  @Test(
    "with one fault anywhere in the saga, the money is returned once, and a person reviews the claim",
    arguments: StoreKind.allCases)
  func everySingleFault(on kind: StoreKind) async throws {
    let calls = try await closedRun(on: kind, [:]).script.calls
    #expect(calls.contains("bank.void"))
    for number in calls.indices.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.differing(at: calls[number - 1]) {
        let run = try await closedRun(on: kind, [number: fault])
        #expect(run.ended.map(\.word) == ["suspended", "denied", "suspended"], "\(number) \(fault)")
        // If the reply to a void was lost, the next run finishes the void.
        run.world.letLeasesEnd()
        let store = try await run.world.openStore()
        _ = try await run.world.process(CrashRun.claims, on: store)
        #expect(try await run.world.standingPayments().values.allSatisfy { $0 == 0 }, "\(number) \(fault)")
        #expect(try await run.world.bank.transfers().count == 4, "\(number) \(fault)")
      }
    }
  }

  private func closedRun(on kind: StoreKind, _ plan: [Int: FaultScript.Fault]) async throws -> CrashRun {
    try await CrashRun(on: kind, plan) { world in
      let today = world.clock.now.day
      try await world.openStore().transaction { try $0.closeCashBook(through: today) }
      return CrashRun.claims
    }
  }
}
