import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Synchronization
import TestSupport
import Testing

/// Replies are paired with orders by id. In whatever order a bank replies, no claim gets another claim's receipt.
@Suite("Replies from a bank that loses, repeats and mixes up replies", .postgres)
struct DisorderlyBankTests {
  @Test("are each used for the payment that they are about, and for no other", arguments: StoreKind.allCases)
  func pairing(on kind: StoreKind) async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let world = try ClaimsWorld(on: kind)
    try await pairing(world, world.openStore(), seed)
  }

  private func pairing(_ world: ClaimsWorld, _ store: ClaimStore, _ seed: UInt64) async throws {
    let bank = DisorderlyBank(EmbeddedBank(world.bank), seed: seed)
    let claims = (1...40).map { SampleClaim.make("D-\($0)", member: "W-\($0)") }
    for _ in 1...30 {
      let ended = try await world.process(claims, on: store, bank: bank)
      if ended.allSatisfy(\.isAudited) { break }
      world.letLeasesEnd()
    }
    #expect(bank.hasStruck, "seed \(seed): the bank has to misbehave in every way")
    let ids = try await store.read { try $0.claimIDs(after: nil, limit: 100) }
    let payments = try await store.read { try $0.payments(of: ids) }
    let transfers = try await world.bank.transfers()
    #expect(payments.count == 40 && payments.allSatisfy { $0.state == .paid }, "seed \(seed)")
    #expect(transfers.count == 40, "seed \(seed): each claim is paid once")
    for payment in payments {
      let own = transfers.filter { $0.reference == payment.claimID.text }
      #expect(own.map { Optional($0.id) } == [payment.transferID], "seed \(seed)")
      #expect(own.map(\.amount) == [payment.amount], "seed \(seed)")
    }
  }
}

/// A bank that acts correctly, but leaves out some replies, repeats some, and adds replies that were not asked for.
private final class DisorderlyBank: PaymentBank {
  private let bank: any PaymentBank
  private let state: Mutex<(random: SeededGenerator, strikes: [Int])>

  init(_ bank: any PaymentBank, seed: UInt64) {
    self.bank = bank
    state = Mutex((SeededGenerator(seed: seed), [0, 0, 0]))
  }

  /// Whether each kind of disorder has occurred.
  var hasStruck: Bool { state.withLock { $0.strikes.allSatisfy { $0 > 0 } } }

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    disordered(await bank.prepare(orders), to: orders)
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    disordered(await bank.commit(orders), to: orders)
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    disordered(await bank.standing(of: orders), to: orders)
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> { await bank.void(orders) }

  private func disordered<Reply>(
    _ replies: Answers<TrackingID, Reply>, to orders: [PaymentOrder]
  ) -> Answers<TrackingID, Reply> {
    state.withLock { state in
      var disordered = Answers<TrackingID, Reply>()
      for order in orders.shuffled(using: &state.random) {
        guard let reply = replies[order.trackingID] else { continue }
        switch Int.random(in: 0..<10, using: &state.random) {
        case 0: state.strikes[0] += 1
        case 1:
          state.strikes[1] += 1
          disordered.add(reply, for: order.trackingID)
          disordered.add(reply, for: order.trackingID)
        case 2:
          state.strikes[2] += 1
          disordered.add(reply, for: TrackingID("trk-nobody-asked"))
        default: disordered.add(reply, for: order.trackingID)
        }
      }
      return disordered
    }
  }
}

extension EndedClaim {
  fileprivate var isAudited: Bool { if case .audited = self { true } else { false } }
}
