import ClaimPipeline
import ClaimsDomain
import DurableExecution
import PaymentGateway
import TestSupport
import Testing

/// A claim that the bank has paid for another store, or before this one was restored: found, taken over, and never paid
/// again.
@Suite("A payment that the bank refused, since it has paid the claim before", .postgres, .temporaryFolder)
struct AdoptionTests {
  @Test(
    "is taken over once the store is reconciled and its key released, and every invariant holds",
    arguments: StoreKind.allCases)
  func takenOver(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("PAID")
    try await payer.process([claim], through: PaidBefore(bank: EmbeddedBank(payer.bank), cents: 0))
    #expect(try await open(payer).isEmpty, "nothing is known of it before the store is reconciled")
    try await reconcile(payer)
    let found = try await open(payer)
    guard case .refusedForIt(let key)? = found.first?.meaning, found.count == 1 else {
      Issue.record("\(found)")
      return
    }
    #expect(key.effect == PaymentKey.effect)
    try await payer.release(effect: PaymentKey.effect)
    payer.clock.advance(by: .seconds(60))
    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .paid } else { false } })
    #expect(try await payer.bank.transfers().count == 1)
    #expect(try await open(payer).isEmpty)
    let report = try await payer.verify()
    #expect(report.findings == [] && report.notes == [])
  }

  @Test("is not taken over where the bank has paid another amount: a person looks", arguments: StoreKind.allCases)
  func differs(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("PAID")
    try await payer.process([claim], through: PaidBefore(bank: EmbeddedBank(payer.bank), cents: 1))
    try await reconcile(payer)
    guard case .differs? = try await open(payer).first?.meaning else {
      Issue.record("a payment of another amount passes for this one")
      return
    }
    try await payer.release(effect: PaymentKey.effect)
    payer.clock.advance(by: .seconds(60))
    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .suspended } else { false } })
    #expect(try await payer.bank.transfers().count == 1)
  }

  private func reconcile(_ payer: MadeUpPayer) async throws {
    let link = BankLink(bank: payer.bank.id, address: .file("bank.db"))
    try await reconcile(payer.store, payer, link)
  }

  private func reconcile(_ store: some ClaimStore, _ payer: MadeUpPayer, _ link: BankLink) async throws {
    #expect(try await Reconciliation(store, with: payer.bank, of: link).reconcile() == 1)
  }

  private func open(_ payer: MadeUpPayer) async throws -> [OpenTransfer] {
    try await payer.store.read { try OpenTransfer.all(in: $0) }
  }
}

/// A bank that has just paid each claim under another key.
private struct PaidBefore: PaymentBank {
  let bank: any PaymentBank
  /// How much more it has paid than is due now.
  let cents: Int64

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    let earlier = orders.map { order in
      var earlier = order
      earlier.idempotencyKey += "~earlier"
      earlier.trackingID = TrackingID("\(order.trackingID)-earlier")
      earlier.amount = Money(cents: order.amount.cents + cents)
      return earlier
    }
    _ = await bank.prepare(earlier)
    _ = await bank.commit(earlier)
    return await bank.prepare(orders)
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    await bank.commit(orders)
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    await bank.standing(of: orders)
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> { await bank.void(orders) }
}
