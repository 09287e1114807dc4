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
import Verification

/// A payment that the bank made for another store, or before this store was restored, is found and adopted, and the
/// claim is never paid again.
@Suite("A payment that the bank refused because it has already paid the claim", .postgres, .temporaryFolder)
struct AdoptionTests {
  @Test(
    "is adopted once the store is reconciled and its key is released, and every invariant holds",
    arguments: StoreKind.allCases)
  func takenOver(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("PAID")
    try await payer.process([claim], through: PaidBefore(bank: EmbeddedBank(payer.bank), cents: 0))
    #expect(try await open(payer).isEmpty, "the transfer is unknown before the store is reconciled")
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
    try await everyInvariantHolds(payer)
  }

  @Test("is not adopted if the bank has paid another amount: a person reviews the claim", arguments: StoreKind.allCases)
  func differs(on kind: StoreKind) async throws {
    let (payer, claim) = try await paidOneCentMore(on: kind)
    guard case .differs? = try await open(payer).first?.meaning else {
      Issue.record("a payment of another amount was accepted as this one")
      return
    }
    try await payer.release(effect: PaymentKey.effect)
    payer.clock.advance(by: .seconds(60))
    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .suspended } else { false } })
    #expect(try await payer.bank.transfers().count == 1)
  }

  @Test(
    "is taken back once when a person decides so, even if the first attempt fails; then the amount due is paid",
    arguments: StoreKind.allCases)
  func takenBack(on kind: StoreKind) async throws {
    let (payer, claim) = try await paidOneCentMore(on: kind)
    let transfer = try #require(try await open(payer).first?.transfer)
    let mute = try await payer.takeBack(transfer.id, at: Mute(bank: EmbeddedBank(payer.bank)))
    guard case .inProgress = mute else {
      Issue.record("a return that the bank has not confirmed was reported as done")
      return
    }
    payer.clock.advance(by: .seconds(60))
    guard case .completed(let done) = try await payer.takeBack(transfer.id) else {
      Issue.record("the money did not come back")
      return
    }
    #expect(done.response.amount == transfer.amount && done.response.transferID == transfer.id)
    #expect(try await open(payer).isEmpty)
    await #expect(throws: ReturnRefusal.cameBack) { try await payer.takeBack(transfer.id) }

    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .paid } else { false } })
    #expect(try await payer.bank.transfers().map(\.amount.isNegative) == [false, true, false])
    await #expect(throws: ReturnRefusal.notFound) { try await payer.takeBack("transfer-3") }
    #expect(try await payer.standing() == "level")
    try await everyInvariantHolds(payer)
  }

  @Test("is taken back if nothing is due, and the claim is closed without money", arguments: StoreKind.allCases)
  func nothingDue(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("OWED", member: "M-3", lines: [("80053", 55_00)])
    try await payer.payElsewhere(IntakeKey.claimID(under: IntakeKey(of: claim).text).text)
    try await reconcile(payer)
    try await payer.process([claim])
    guard case .differs(due: .zero, _)? = try await open(payer).first?.meaning else {
      Issue.record("\(try await open(payer))")
      return
    }
    _ = try await payer.takeBack("transfer-1")
    payer.clock.advance(by: .seconds(60))
    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .paid } else { false } })
    #expect(try await payer.bank.transfers().map(\.amount.isNegative) == [false, true])
    try await everyInvariantHolds(payer)
  }

  @Test(
    "is taken back completely, even if the bank's books are read in the middle", arguments: StoreKind.allCases)
  func booksReadMeanwhile(on kind: StoreKind) async throws {
    let (payer, claim) = try await paidOneCentMore(on: kind)
    _ = try await payer.takeBack("transfer-1", at: Mute(bank: EmbeddedBank(payer.bank)))
    #expect(try await payer.standing() == "level", "a return that began here is not a new finding")
    try await reconcile(payer, finding: 0)
    payer.clock.advance(by: .seconds(60))
    guard case .completed = try await payer.takeBack("transfer-1") else {
      Issue.record("the return did not finish")
      return
    }
    try await payer.process([claim])
    #expect(try await payer.bank.transfers().map(\.amount.isNegative) == [false, true, false])
    try await everyInvariantHolds(payer)
  }

  @Test(
    "that came back without any action here is listed with its key, and is paid again", arguments: StoreKind.allCases)
  func cameBackByItself(on kind: StoreKind) async throws {
    let (payer, claim) = try await paidOneCentMore(on: kind)
    let made = try #require(try await open(payer).first?.transfer)
    _ = await EmbeddedBank(payer.bank).void([
      VoidOrder(idempotencyKey: "by the bank", trackingID: made.trackingID, epoch: .first, reason: "")
    ])
    try await reconcile(payer)
    guard case .cameBack(let key?)? = try await open(payer).first?.meaning else {
      Issue.record("\(try await open(payer))")
      return
    }
    #expect(key.effect == PaymentKey.effect)
    try await payer.release(effect: PaymentKey.effect)
    payer.clock.advance(by: .seconds(60))
    try await payer.process([claim])
    #expect(try await open(payer).isEmpty)
    try await everyInvariantHolds(payer)
  }

  @Test("that the bank has already returned is found as returned", arguments: StoreKind.allCases)
  func cameBackBefore(on kind: StoreKind) async throws {
    let (payer, _) = try await paidOneCentMore(on: kind)
    let made = try #require(try await open(payer).first?.transfer)
    _ = await EmbeddedBank(payer.bank).void([
      VoidOrder(idempotencyKey: "by the bank", trackingID: made.trackingID, epoch: .first, reason: "")
    ])
    guard case .failed = try await payer.takeBack(made.id) else {
      Issue.record("the bank returned the payment twice")
      return
    }
    try await reconcile(payer, finding: 1)
    guard case .cameBack? = try await open(payer).first?.meaning else {
      Issue.record("\(try await open(payer))")
      return
    }
  }

  @Test("that was paid here and came back is a new finding and stays open", arguments: StoreKind.allCases)
  func paidAndCameBack(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await payer.process([.madeUp("PAID")])
    let made = try #require(try await payer.bank.transfers().first)
    _ = await EmbeddedBank(payer.bank).void([
      VoidOrder(idempotencyKey: "by the bank", trackingID: made.trackingID, epoch: .first, reason: "")
    ])
    try await payer.payElsewhere(made.reference)
    #expect(try await payer.standing() == "behind(transfers: 2)")
    try await reconcile(payer, finding: 2)
    #expect(try await open(payer).map(\.meaning) == [.returned, .paidAnew])
    await #expect(throws: ReturnRefusal.isDue) { try await payer.takeBack("transfer-3") }
  }

  @Test(
    "is not taken back if it is the amount due, or if its claim is not decided here", arguments: StoreKind.allCases)
  func notTakenBack(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await payer.process([.madeUp("PAID")], through: PaidBefore(bank: EmbeddedBank(payer.bank), cents: 0))
    try await payer.payElsewhere("CLM-elsewhere")
    try await reconcile(payer, finding: 2)
    await #expect(throws: ReturnRefusal.isDue) { try await payer.takeBack("transfer-1") }
    await #expect(throws: ReturnRefusal.claimNotHere) { try await payer.takeBack("transfer-2") }
    #expect(try await payer.bank.transfers().count == 2)
    _ = try await payer.takeBack("transfer-2", evenIfUnknown: true)
    #expect(try await payer.bank.transfers().map(\.amount.isNegative) == [false, false, true])
  }

  @Test(
    "is not adopted while it is being taken back, whatever becomes due in the meantime", arguments: StoreKind.allCases)
  func underWay(on kind: StoreKind) async throws {
    let (payer, claim) = try await paidOneCentMore(on: kind)
    _ = try await payer.takeBack("transfer-1", at: Mute(bank: EmbeddedBank(payer.bank)))
    try await payer.release(effect: PaymentKey.effect)
    payer.clock.advance(by: .seconds(60))
    // The bank has returned the money, but this store does not know it yet.
    let ended = try await payer.process([claim])
    #expect(ended.allSatisfy { if case .audited(let audited) = $0 { audited.row.status == .paid } else { false } })
    guard case .completed = try await payer.takeBack("transfer-1") else {
      Issue.record("the return did not finish")
      return
    }
    #expect(try await payer.bank.transfers().map(\.amount.isNegative) == [false, true, false])
    try await everyInvariantHolds(payer)
  }

  /// Makes a payer whose bank has already paid a claim, one cent more than is due, and whose store is reconciled.
  private func paidOneCentMore(on kind: StoreKind) async throws -> (MadeUpPayer, SubmittedClaim) {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("PAID")
    try await payer.process([claim], through: PaidBefore(bank: EmbeddedBank(payer.bank), cents: 1))
    try await reconcile(payer)
    return (payer, claim)
  }

  private func everyInvariantHolds(_ payer: MadeUpPayer) async throws {
    let report = try await payer.verify()
    #expect(report.findings == [] && report.notes == [])
  }

  private func reconcile(_ payer: MadeUpPayer, finding count: Int = 1) async throws {
    let link = BankLink(bank: payer.bank.id, address: .file("bank.db"), key: payer.bank.key)
    func reconcile(_ store: ClaimStore) async throws -> Int {
      try await Reconciliation(store, with: payer.bank, of: link).reconcile()
    }
    #expect(try await reconcile(payer.store) == count)
  }

  private func open(_ payer: MadeUpPayer) async throws -> [OpenTransfer] {
    try await payer.store.read { try OpenTransfer.all(in: $0) }
  }
}

extension MadeUpPayer {
  /// Makes the bank pay one dollar under a reference, as another store would.
  fileprivate func payElsewhere(_ reference: String) async throws {
    let order = PaymentOrder(
      idempotencyKey: "theirs", trackingID: TrackingID("trk-theirs"), epoch: .first, payer: PayerID("99999"),
      payee: Payee(reference: "1234567893", name: "Cedar Clinic"), amount: Money(cents: 1_00), reference: reference)
    _ = await EmbeddedBank(bank).prepare([order])
    _ = await EmbeddedBank(bank).commit([order])
  }

  @discardableResult
  fileprivate func takeBack(
    _ transfer: String, at bank: (any PaymentBank)? = nil, evenIfUnknown: Bool = false
  ) async throws -> ActivityOutcome<ReturnResponse> {
    func takeBack(in store: ClaimStore) async throws -> ActivityOutcome<ReturnResponse> {
      let runner = DurableRunner(
        worker: WorkerID("person"), retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 2))
      return try await ReturnAgent(store, at: bank ?? EmbeddedBank(self.bank), books: self.bank, runner: runner)
        .takeBack(transfer, evenIfUnknown: evenIfUnknown, by: SignOff(by: "a clerk", reason: "compared with the fees"))
    }
    return try await takeBack(in: store)
  }

  fileprivate func standing() async throws -> String {
    func standing(of store: ClaimStore) async throws -> String {
      let link = BankLink(bank: bank.id, address: .file("bank.db"), key: bank.key)
      return "\(try await Reconciliation(store, with: bank, of: link).standing())"
    }
    return try await standing(of: store)
  }
}

/// A bank that carries out every request and never answers.
private struct Mute: PaymentBank {
  let bank: any PaymentBank

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    _ = await bank.prepare(orders)
    return Answers()
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    _ = await bank.commit(orders)
    return Answers()
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> { Answers() }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    _ = await bank.void(orders)
    return Answers()
  }
}

/// A bank that has already paid each claim under another key.
private struct PaidBefore: ForwardingBank {
  let bank: any PaymentBank
  /// The number of cents by which the earlier payment exceeds the amount due.
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
}
