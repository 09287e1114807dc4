import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing
import Verification

@Suite("Nothing is paid to a payee on hold, and everything once after it", .postgres)
struct PayeeHoldTests {
  private static let payee = "1234567893"
  private static let held = SampleClaim.make("H-1")
  private static var other: SubmittedClaim {
    var claim = SampleClaim.make("O-1", member: "W100000009", day: 4)
    claim.billingProvider.npi = "1992000003"
    return claim
  }

  private static func signOff(_ reason: String = "billing for visits that did not take place") throws -> SignOff {
    try SignOff(by: "pat", reason: reason)
  }

  @Test(
    "its claims are decided and wait, others are paid; lifting pays nothing, a release pays once",
    arguments: StoreKind.allCases)
  func waits(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let begun = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    #expect(begun.isNew && begun.hold.underWay == 0)
    for _ in 1...2 {
      let ended = try await desk.process([Self.held, Self.other])
      #expect(ended.map(\.word) == ["suspended", "paid"])
      #expect(try await desk.world.bank.transfers().map(\.reference) == [IntakeKey(of: Self.other).claimID.text])
    }
    let claim = try await desk.standing("H-1")
    #expect(claim.unpaid == .held && claim.decision?.paid == Money(cents: 13_000))
    let refused = try await desk.release(claim)
    guard case .onHold = refused else { throw Unexpected(what: "\(refused)") }
    #expect(try await desk.broken() == [])

    #expect(try await desk.store.transaction { try $0.liftHold(on: Self.payee, by: Self.signOff("cleared")) } != nil)
    #expect(try await desk.process([Self.held]).map(\.word) == ["suspended"])
    #expect(try await desk.world.bank.transfers().count == 1)

    guard case .released = try await desk.release(claim) else { throw Unexpected(what: "not released") }
    // As after a crash between the release and the payment.
    #expect(try await desk.standing("H-1").unpaid == .released)
    for _ in 1...3 { #expect(try await desk.process([Self.held]).map(\.word) == ["paid"]) }
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [13_000, 13_000])
    try await desk.check(["H-1", "O-1"])
  }

  @Test(
    "a payment that was committed to before goes on, counted; one that is released while held waits",
    arguments: StoreKind.allCases)
  func committedBefore(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let silent = SilentBank(bank: EmbeddedBank(desk.world.bank), hears: false)
    let cut = try await desk.world.process([Self.held], on: desk.store, bank: silent)
    #expect(cut.map(\.word) == ["unsettled:no-answer"])
    let begun = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    #expect(begun.hold.underWay == 1)
    #expect(try await desk.broken() == [])
    desk.world.letLeasesEnd()
    let later = SampleClaim.make("H-2", day: 3)
    #expect(try await desk.process([Self.held, later]).map(\.word) == ["paid", "suspended"])
    #expect(try await desk.world.bank.transfers().count == 1)
    #expect(try await desk.broken() == [])
  }

  @Test("a payment that the bank refused is not tried again while its payee is on hold", arguments: StoreKind.allCases)
  func refusedBefore(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind, ruleset: AdjustedWorld.usual, refusing: [Self.payee])
    let desk = AdjustedWorld(world, try await world.openStore())
    #expect(try await desk.process([Self.held]).map(\.word) == ["suspended"])
    try await desk.releaseKey(of: "H-1")
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    #expect(try await desk.process([Self.held]).map(\.word) == ["suspended"])
    #expect(try await desk.unpaid("H-1") == .refused)
    #expect(try await desk.broken() == [])
  }

  @Test(
    "what a refused payment has withheld is not forgiven: until it is made, nothing replaces its claim, hold or no hold",
    arguments: StoreKind.allCases)
  func withheldBefore(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([SampleClaim.make("S-1", services: [.init("E0607", 120_000)])])
    try await desk.adjust("S-1", by: AdjustedWorld.strict)
    #expect(try await desk.owed() == Money(cents: 13_800))
    let claim = SampleClaim.make("S-2", member: "W100000009", services: [.init("E0607", 120_000)])
    let closed = EmbeddedBank(try Bank(path: desk.world.folder.file("bank.db"), refusing: [Self.payee]))
    #expect(try await desk.world.process([claim], on: desk.store, bank: closed).map(\.word) == ["suspended"])
    try await desk.releaseKey(of: "S-2")
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    #expect(try await desk.process([claim]).map(\.word) == ["suspended"])

    #expect(try await desk.unpaid("S-2") == .refused)
    let denial = ChosenDenial(group: .contractual, reason: "16", remark: "M76")
    await #expect(throws: RevisionRefusal.unpaid(IntakeKey(of: claim).claimID)) {
      try await desk.adjust("S-2", by: AdjustedWorld.usual, for: .denial, denial: denial)
    }
    #expect(try await desk.owed() == .zero)
    #expect(try await desk.broken() == [])

    #expect(try await desk.store.transaction { try $0.liftHold(on: Self.payee, by: Self.signOff()) } != nil)
    try await desk.releaseKey(of: "S-2")
    #expect(try await desk.process([claim]).map(\.word) == ["paid"])
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800, 23_000])
    try await desk.check(["S-1", "S-2"])
  }

  @Test("a claim whose payment was released is not decided again until it is paid", arguments: StoreKind.allCases)
  func releasedBefore(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    _ = try await desk.process([Self.held])
    #expect(try await desk.store.transaction { try $0.liftHold(on: Self.payee, by: Self.signOff()) } != nil)
    try await desk.releaseKey(of: "H-1")
    #expect(try await desk.unpaid("H-1") == .released)
    let denial = ChosenDenial(group: .contractual, reason: "16", remark: "M76")
    await #expect(throws: RevisionRefusal.released(IntakeKey(of: Self.held).claimID)) {
      try await desk.adjust("H-1", by: AdjustedWorld.usual, for: .denial, denial: denial)
    }
    #expect(try await desk.process([Self.held]).map(\.word) == ["paid"])
    #expect(try await desk.broken() == [])
  }

  @Test(
    "a claim that waits for its payee can be denied: the plan owes nothing for it, nor does the payee, and it is never paid",
    arguments: StoreKind.allCases)
  func denied(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    _ = try await desk.process([Self.held])
    let claim = try await desk.standing("H-1")
    let denial = ChosenDenial(group: .contractual, reason: "16", remark: "M76")
    #expect(try await desk.adjust("H-1", by: AdjustedWorld.usual, for: .denial, denial: denial).word == "denied")
    #expect(try await desk.owed() == .zero)
    #expect(try await desk.broken() == [])
    #expect(try await desk.store.transaction { try $0.liftHold(on: Self.payee, by: Self.signOff()) } != nil)
    let late = try await desk.release(claim)
    guard case .replaced = late else { throw Unexpected(what: "\(late)") }
    _ = try await desk.process([Self.held])
    #expect(try await desk.world.bank.transfers().isEmpty)
    #expect(try await desk.broken() == [])
  }

  @Test("an adjustment that would pay more waits too, and nets what was paid before", arguments: StoreKind.allCases)
  func adjusted(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let surgery = SampleClaim.make("S-1", services: [.init("E0607", 120_000)])
    try await desk.process([surgery])
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    #expect(try await desk.adjust("S-1", by: AdjustedWorld.generous).word == "suspended")
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800])
    #expect(try await desk.broken() == [])
    _ = try await desk.store.transaction { try $0.liftHold(on: Self.payee, by: Self.signOff()) }
    let waiting = try await desk.standing("S-1")
    guard case .released = try await desk.release(waiting) else { throw Unexpected(what: "not released") }
    #expect(try await desk.process([waiting.submitted], by: AdjustedWorld.generous).map(\.word) == ["paid"])
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800, 9_200])
    try await desk.check(["S-1"])
  }

  @Test("the database itself refuses to begin a payment to a payee on hold", arguments: StoreKind.allCases)
  func lastLine(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    _ = try await desk.process([Self.held])
    let id = IntakeKey(of: Self.held).claimID
    let payment = PaymentRow(
      id: PaymentID("PAY-0"), claimID: id, eobID: EOBID("EOB-0"), effectKey: KeyText("idemp:pay:x"), trackingID: nil,
      payee: .init(reference: Self.payee, name: "x"), amount: Money(cents: 1), state: .intended)
    await #expect(throws: StoreFailure.self) { try await desk.store.transaction { try $0.insert([payment]) } }
    #expect(try await desk.store.read { try $0.payments(of: [id]) }.isEmpty)
  }

  @Test("verify finds a payment that was begun in spite of a hold", arguments: StoreKind.allCases)
  func verified(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let silent = SilentBank(bank: EmbeddedBank(desk.world.bank), hears: false)
    _ = try await desk.world.process([Self.held], on: desk.store, bank: silent)
    _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
    let table = kind == .postgres ? " ON payee_holds" : ""
    try await desk.world.place.run("DROP TRIGGER payee_holds_are_only_lifted\(table)")
    try await desk.world.place.run("UPDATE payee_holds SET under_way = 0")
    let report = try await Verifier(store: desk.store).verify(rulesets: [AdjustedWorld.usual.id: AdjustedWorld.usual])
    #expect(Set(report.findings.map(\.invariant)) == [.heldPayeesWait, .tablesAsMade], "\(report.findings)")
  }

  @Test(
    "while many payments are under way, none begins once the hold has returned",
    arguments: StoreKind.allCases, [2, 30, 80])
  func race(on kind: StoreKind, _ delay: Int) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let claims = (1...40).map {
      SampleClaim.make("R-\($0)", member: "W1000\($0 + 10_000)", day: $0 % 27 + 1)
    }
    let begunBefore = try await withThrowingTaskGroup(of: Set<ClaimIntakeID>?.self) { group in
      for start in stride(from: 0, to: claims.count, by: 4) {
        group.addTask {
          _ = try await desk.world.process(
            Array(claims[start..<start + 4]), on: desk.store, patience: .seconds(60))
          return nil
        }
      }
      group.addTask {
        try await Task.sleep(for: .milliseconds(delay))
        _ = try await desk.store.transaction { try $0.hold(Self.payee, by: Self.signOff()) }
        // Whatever was committed to is on record now.
        let payments = try await desk.store.read { try $0.payments(of: claims.map { IntakeKey(of: $0).claimID }) }
        return Set(payments.map(\.claimID))
      }
      var begun: Set<ClaimIntakeID> = []
      for try await found in group { begun.formUnion(found ?? []) }
      return begun
    }
    let paid = Set(try await desk.world.bank.transfers().map { ClaimIntakeID($0.reference) })
    #expect(paid == begunBefore)
    let ended = try await desk.process(claims)
    #expect(ended.filter { $0.word == "suspended" }.count == claims.count - paid.count)
    #expect(ended.filter { $0.word == "paid" }.count == paid.count)
    #expect(try await desk.broken() == [])
  }

  fileprivate struct Unexpected: Error {
    let what: String
  }
}

extension AdjustedWorld {
  /// What the only claim with a number waits for, whether or not it can be decided again.
  fileprivate func unpaid(_ number: String) async throws -> UnpaidClaim? {
    try await store.read { try UnpaidClaim.of($0.claims(named: number), in: $0).values.first }
  }

  /// Releases the payment of the only claim with a number.
  fileprivate func releaseKey(of number: String) async throws {
    let key = try #require(try await store.read { try $0.claims(named: number).first?.keys.payment })
    let release = KeyRelease(of: key, by: try SignOff(by: "pat", reason: "account mended"))
    guard case .released = try await release.perform(in: store) else {
      throw PayeeHoldTests.Unexpected(what: "not released")
    }
  }

  /// Releases the payment of a claim that waits for its payee.
  fileprivate func release(_ claim: StandingClaim) async throws -> KeyRelease.Outcome {
    let key = try #require(claim.row.keys.payment)
    return try await KeyRelease(of: key, by: try SignOff(by: "pat", reason: "cleared")).perform(in: store)
  }
}
