import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing
import Verification

/// Work that a dead process left behind is noted as unfinished, never reported as a finding, and the next run completes
/// it.
@Suite(.postgres, .temporaryFolder) struct UnfinishedWorkTests {
  @Test(arguments: [false, true], StoreKind.allCases)
  func `a payment nobody heard of again is unfinished work`(_ hears: Bool, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await payer.process([.madeUp("PAID")], through: SilentBank(bank: EmbeddedBank(payer.bank), hears: hears))
    let report = try await payer.verify()
    #expect(report.findings == [])
    let bankNotes = hears ? [VerificationNote(work: .intentsAtBank, count: 1)] : []
    #expect(
      report.notes == [
        VerificationNote(work: .claimsDecided, count: 1), VerificationNote(work: .keysPending, count: 1),
        VerificationNote(work: .sagasUnderWay, count: 1),
      ] + bankNotes)
    try await finish(payer, [.madeUp("PAID")])
  }

  @Test(arguments: StoreKind.allCases)
  func `claims that were decided and never closed are unfinished work`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claims: [SubmittedClaim] = [
      .madeUp("PAID"), .madeUp("DENIED", lines: [("15780", 1_00)]), .madeUp("SECONDARY", sequence: .secondary),
    ]
    try await payer.decideOnly(claims)
    let report = try await payer.verify()
    #expect(report.findings == [])
    #expect(report.notes.contains(VerificationNote(work: .claimsUnaudited, count: 2)))
    let left = try await payer.store.read { try $0.unfinished(after: nil, limit: 10) }
    #expect(left.count == claims.count, "a search for unfinished claims finds all of them")
    try await finish(payer, claims)
  }

  @Test(arguments: [false, true], StoreKind.allCases)
  func `a payment the books refused and that is not yet taken back is unfinished work`(
    _ hears: Bool, on kind: StoreKind
  ) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await payer.closeCashBook()
    try await payer.process([.madeUp("PAID")], through: VoidlessBank(bank: EmbeddedBank(payer.bank), hears: hears))
    let report = try await payer.verify()
    #expect(report.findings == [])
    #expect(report.notes.contains(VerificationNote(work: .sagasUnderWay, count: 1)))
    try await finish(payer, [.madeUp("PAID")])
  }

  @Test(arguments: StoreKind.allCases)
  func `keys in the archive are as good as live ones`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    let end = Timestamp(microseconds: .max)
    let archived = try await payer.store.transaction { try $0.archive(expiredBefore: end, limit: 10_000) }
    #expect(archived > 0)
    let report = try await payer.verify()
    #expect(report.findings == [])
  }

  @Test(arguments: [false, true], StoreKind.allCases)
  func `a change of coverage leaves the decisions before it standing`(_ isArchived: Bool, on kind: StoreKind)
    async throws
  {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    if isArchived {
      let end = Timestamp(microseconds: .max)
      _ = try await payer.store.transaction { try $0.archive(expiredBefore: end, limit: 10_000) }
    }
    _ = try await payer.store.transaction { try $0.retireEligibility(of: [MemberID("M-1"), MemberID("M-3")]) }
    #expect(try await payer.verify().findings == [])
    // The same member and day: the program checks coverage again, and decides the claim by the new answer.
    let ended = try await payer.process([.madeUp("LATER", lines: [("80053", 70_00)])])
    #expect(ended.allSatisfy { if case .audited = $0 { true } else { false } })
    #expect(try await payer.verify().findings == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `a refused payment that a person released, and that is refused again, is clean`(on kind: StoreKind) async throws
  {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claim = SubmittedClaim.madeUp("REFUSED", provider: MadeUpPayer.refusedProvider)
    try await payer.process([claim])
    try await payer.release(effect: PaymentKey.effect)
    #expect(try await payer.verify().findings == [])
    try await finish(payer, [claim])
  }

  @Test(arguments: [false, true], StoreKind.allCases)
  func `a payment the books refused stays taken back, whoever releases its key`(_ isVoided: Bool, on kind: StoreKind)
    async throws
  {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await payer.closeCashBook()
    let bank = EmbeddedBank(payer.bank)
    try await payer.process([.madeUp("PAID")], through: isVoided ? bank : VoidlessBank(bank: bank, hears: true))
    try await payer.openCashBook()
    try await payer.release(effect: PaymentKey.effect)
    try await finish(payer, [.madeUp("PAID")])
    #expect(try await payer.bank.totals().net == .zero)
  }

  @Test(arguments: StoreKind.allCases)
  func `a store that others work on is clean at every moment`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for batch in 0..<20 {
          try await payer.process(
            (0..<10).map { .madeUp("C-\(batch)-\($0)", lines: [("80053", Int64(41_00 + batch * 10 + $0))]) })
        }
      }
      group.addTask {
        for _ in 0..<10 {
          let report = try await payer.verify(pageSize: 7)
          #expect(report.findings == [])
        }
      }
      try await group.waitForAll()
    }
    #expect(try await payer.verify().notes == [])
  }

  private func finish(_ payer: MadeUpPayer, _ claims: [SubmittedClaim]) async throws {
    payer.clock.advance(by: .seconds(60))
    try await payer.process(claims)
    let report = try await payer.verify()
    #expect(report.findings == [])
    #expect(report.notes == [])
  }
}

/// A bank that pays, and whose answers to voids never arrive.
private struct VoidlessBank: ForwardingBank {
  let bank: any PaymentBank
  let hears: Bool

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    await SilentBank(bank: bank, hears: hears).void(orders)
  }
}
