import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("A bank that reports another payment than the one ordered", .postgres)
struct ContradictingBankTests {
  @Test("is never trusted: the payment stays unknown, and a person reviews it", arguments: StoreKind.allCases)
  func neverDone(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await neverDone(world, world.openStore())
  }

  private func neverDone(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let claim = SampleClaim.make("A-1")
    // The bank pays and its answer is lost; then its books report another amount.
    _ = try await world.process([claim], on: store, bank: SilentBank(bank: EmbeddedBank(world.bank), hears: true))
    world.letLeasesEnd()
    let ended = try await world.process([claim], on: store, bank: OneCentMore(bank: EmbeddedBank(world.bank)))
    guard case .unsettled(let unsettled)? = ended.first else {
      Issue.record("a payment of another amount was accepted as this one")
      return
    }
    #expect(unsettled.reason.code == FailureCode.bankContradicts.rawValue)
    #expect(unsettled.reason.followUp == .person)
    let pending = try await store.read { try $0.keys(status: .pending, effect: PaymentKey.effect, limit: 10) }
    #expect(pending.count == 1, "an unknown outcome stays unknown")
    #expect(try await world.bank.transfers().count == 1)
  }
}

/// A bank that reports each payment with one cent more.
private struct OneCentMore: ForwardingBank {
  let bank: any PaymentBank

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    // The payment made is one cent less than the payment asked about.
    let asked = orders.map { order in
      var asked = order
      asked.amount = Money(cents: order.amount.cents + 1)
      return asked
    }
    return await bank.standing(of: asked)
  }
}
