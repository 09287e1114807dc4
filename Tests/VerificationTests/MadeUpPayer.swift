import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import Foundation
import TestSupport
import Testing
import Verification

/// A payer with its own store and bank, which tests can damage from outside the program.
struct MadeUpPayer {
  let store: ClaimStore
  let bank: Bank
  let ruleset: Ruleset
  let clock = ManualClock()
  private let place: StorePlace
  private let bankFile: String
  private let runner: DurableRunner

  static let refusedProvider = "1999999999"

  /// Requires the suite's `.temporaryFolder`.
  init(on kind: StoreKind = .sqlite) async throws {
    let folder = try #require(TemporaryFolderTrait.current, "the suite has no .temporaryFolder")
    let clock = clock
    place = try StorePlace(kind, in: folder.path)
    try place.fillFile()
    store = try await place.open(clock: { clock.now })
    bankFile = folder.appending(path: "bank.db").path
    bank = try Bank(path: bankFile, refusing: [Self.refusedProvider])
    ruleset = try .madeUp()
    runner = DurableRunner(
      worker: WorkerID("worker-1"), retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 2))
  }

  /// Makes a payer with every kind of claim: paid, denied, owed by the member, suspended, duplicate, sent back, refused
  /// by the bank and refused by the books. All but the last were sent twice.
  static func withEveryKindOfClaim(on kind: StoreKind = .sqlite) async throws -> MadeUpPayer {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll()
    let claims: [SubmittedClaim] = [
      .madeUp("PAID"), .madeUp("SURGERY", lines: [("29881", 1_000_00), ("80053", 60_00)]),
      .madeUp("SPOUSE", member: "M-2", lines: [("29881", 900_00)]),
      .madeUp("OWED", member: "M-3", lines: [("80053", 55_00)]), .madeUp("COSMETIC", lines: [("15780", 400_00)]),
      .madeUp("AGAIN"), .madeUp("STRANGER", member: "M-9"), .madeUp("SECONDARY", sequence: .secondary),
      .madeUp("THREE-DAYS", member: "M-3", lines: [("80053", 55_00)], on: "2026-03-05", through: "2026-03-07"),
      .madeUp("UNBALANCED", chargeCents: 1), .madeUp("REFUSED", day: 3, provider: refusedProvider),
    ]
    try await payer.process(claims)
    try await payer.closeCashBook()
    try await payer.process([.madeUp("UNPOSTED", day: 4)])
    try await payer.openCashBook()
    for (claim, ended) in zip(claims, try await payer.process(claims)) {
      guard case .unsettled(let unsettled) = ended, claim.claimNumber.text != "REFUSED" else { continue }
      Issue.record("claim \(claim.claimNumber) is not at its end: \(unsettled.reason)")
    }
    return payer
  }

  func enroll() async throws {
    try await enroll([("M-1", "F-1", "PPO"), ("M-2", "F-1", "PPO"), ("M-3", "M-3", "HDHP")])
  }

  func enroll(_ members: [(member: String, family: String, plan: String)], coversFamily: Bool = true) async throws {
    let enrollments = members.map { member, family, plan in
      let coverage = Coverage(
        memberID: MemberID(member), familyID: FamilyID(family), planID: PlanID(plan), effective: .always,
        coversFamily: coversFamily)
      return Enrollment(number: coverage.memberID, spans: [coverage])
    }
    try await store.transaction { try $0.enroll(enrollments) }
  }

  @discardableResult
  func process(
    _ claims: [SubmittedClaim], through bank: (any PaymentBank)? = nil, enrolling plan: PlanID? = nil
  ) async throws -> [EndedClaim] {
    func process(on store: ClaimStore) async throws -> [EndedClaim] {
      try await processor(on: store, bank ?? EmbeddedBank(self.bank), enrolling: plan)
        .process(claims.placed).map(\.value)
    }
    return try await process(on: store)
  }

  /// Runs the first half of processing, as if the process died after it.
  func decideOnly(_ claims: [SubmittedClaim]) async throws {
    func decide(on store: ClaimStore) async throws {
      _ = try await processor(on: store, EmbeddedBank(bank)).decide(claims.placed)
    }
    try await decide(on: store)
  }

  private func processor(
    on store: ClaimStore, _ bank: any PaymentBank, enrolling plan: PlanID? = nil
  ) -> ClaimProcessor {
    ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(receivedOn: CalendarDate(parsing: "2026-04-01"), enrollment: plan, patience: .zero))
  }

  /// Makes the books refuse every payment from now on.
  func closeCashBook() async throws {
    try await place.run("INSERT INTO closed_cash_book (id, through) VALUES (1, '9999-12-31')")
  }

  func openCashBook() async throws { try await place.run("DELETE FROM closed_cash_book") }

  /// Releases permanent failures as a person does, so that they are tried again.
  func release(effect: String) async throws {
    try await store.transaction { transaction in
      let keys =
        try transaction.looseKeys(isArchived: false, after: nil, limit: 100).map(\.key)
        + transaction.claimIDs(after: nil, limit: 100).flatMap { try transaction.payments(of: [$0]).map(\.effectKey) }
      let failed = try transaction.records(for: keys).values.filter { $0.status == .failed && $0.key.effect == effect }
      try transaction.replace(
        failed.map { RecordChange(from: $0, to: $0.released(by: WorkerID("person"), at: try transaction.now)) })
    }
  }

  /// - Parameter knowsRules: whether the verifier gets the rules that decided the claims.
  func verify(pageSize: Int = 3, knowsRules: Bool = true) async throws -> VerificationReport {
    func verify(_ store: ClaimStore) async throws -> VerificationReport {
      try await Verifier(store: store, settings: .init(pageSize: pageSize))
        .verify(rulesets: knowsRules ? [ruleset.id: ruleset] : [:], bank: bank)
    }
    return try await verify(store)
  }

  /// Changes the store as nothing in the program can: constraints and triggers are removed first.
  func damage(_ sql: String) async throws { try await place.damage(sql) }

  /// Changes the store as a person with access to its tables can.
  func alter(_ sql: String) async throws { try await place.run(sql) }

  func damageBank(_ sql: String) async throws { try await StorePlace.file(bankFile).damage(sql) }
}

extension SubmittedClaim {
  /// Makes a claim for an office visit on a day in March.
  fileprivate static func madeUp(_ number: String, day: Int, provider: String = "1234567893") -> SubmittedClaim {
    .madeUp(number, on: "2026-03-0\(day)", provider: provider)
  }
}
