import StoreSQL
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import GRDB
import PaymentGateway
import SQLiteStore
import TestSupport
import Testing

/// A payer with a store and a bank of its own, both in files, so that damage can be done behind their backs.
struct MadeUpPayer {
  let store: SQLiteStore
  let bank: Bank
  let ruleset: Ruleset
  let clock = LateClock()
  private let folder: URL
  private let runner: DurableRunner

  static let refusedProvider = "1999999999"

  /// Needs the suite's `.temporaryFolder`.
  init() throws {
    folder = try #require(TemporaryFolderTrait.current, "the suite has no .temporaryFolder")
    let clock = clock
    store = try SQLiteStore(path: folder.appending(path: "claims.db").path) { clock.now }
    bank = try Bank(path: folder.appending(path: "bank.db").path, refusing: [Self.refusedProvider])
    ruleset = try .madeUp()
    runner = DurableRunner(
      worker: WorkerID("worker-1"), retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 2))
  }

  /// A payer with a year's worth of everything: paid, denied, owed by the member, suspended, duplicate, sent back,
  /// refused by the bank, refused by the books. Everything was sent twice.
  static func withEveryKindOfClaim() async throws -> MadeUpPayer {
    let payer = try MadeUpPayer()
    try await payer.enroll()
    let claims: [SubmittedClaim] = [
      .madeUp("PAID"), .madeUp("SURGERY", lines: [("29881", 1_000_00), ("80053", 60_00)]),
      .madeUp("SPOUSE", member: "M-2", lines: [("29881", 900_00)]),
      .madeUp("OWED", member: "M-3", lines: [("80053", 55_00)]), .madeUp("COSMETIC", lines: [("15780", 400_00)]),
      .madeUp("AGAIN"), .madeUp("STRANGER", member: "M-9"), .madeUp("SECONDARY", sequence: .secondary),
      .madeUp("UNBALANCED", chargeCents: 1), .madeUp("REFUSED", day: 3, provider: refusedProvider),
    ]
    try await payer.process(claims)
    try payer.closeCashBook()
    try await payer.process([.madeUp("UNPOSTED", day: 4)])
    try payer.openCashBook()
    try await payer.process(claims)
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
    try await processor(bank ?? EmbeddedBank(self.bank), enrolling: plan).process(claims)
  }

  /// The first half of processing, as if the process died after it.
  func decideOnly(_ claims: [SubmittedClaim]) async throws {
    _ = try await processor(EmbeddedBank(bank)).decide(claims)
  }

  private func processor(_ bank: any PaymentBank, enrolling plan: PlanID? = nil) -> ClaimProcessor<SQLiteStore> {
    ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(receivedOn: CalendarDate(parsing: "2026-04-01"), enrollment: plan, patience: .zero))
  }

  /// From now on the books take no payment.
  func closeCashBook() throws {
    try change("INSERT INTO closed_cash_book (id, through) VALUES (1, '9999-12-31')")
  }

  func openCashBook() throws { try change("DELETE FROM closed_cash_book") }

  /// What a person does about definitive failures: lets them be tried again.
  func release(effect: String) async throws {
    try await store.transaction { transaction in
      let keys =
        try transaction.looseKeys(isArchived: false, after: nil, limit: 100).map(\.key)
        + transaction.claimIDs(after: nil, limit: 100).flatMap { try transaction.payments(of: [$0]).map(\.effectKey) }
      let failed = try transaction.records(for: keys).values.filter { $0.status == .failed && $0.key.effect == effect }
      try transaction.replace(
        failed.map { RecordChange(from: $0, to: $0.released(by: WorkerID("person"), at: transaction.now)) })
    }
  }

  func verify(pageSize: Int = 3) async throws -> VerificationReport {
    try await Verifier(store: store, settings: .init(pageSize: pageSize))
      .verify(rulesets: [ruleset.id: ruleset], bank: bank)
  }

  /// Changes the store's file as nothing in the program can: constraints and triggers are out of the way.
  func damage(_ sql: String) throws { try Self.damage(folder.appending(path: "claims.db"), sql) }

  func damageBank(_ sql: String) throws { try Self.damage(folder.appending(path: "bank.db"), sql) }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: folder.appending(path: "claims.db").path).write { try $0.execute(sql: sql) }
  }

  /// For damage that covers its tracks.
  private static let sha256 = DatabaseFunction("sha256", argumentCount: 1, pure: true) { values in
    Data.fromDatabaseValue(values[0]).map { ContentDigest.sha256($0) }
  }

  private static func damage(_ file: URL, _ sql: String) throws {
    let queue = try DatabaseQueue(path: file.path)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      database.add(function: sha256)
      let triggers = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(sql: "DROP INDEX IF EXISTS one_standing_payment")
      let before = database.totalChangesCount
      try database.execute(sql: sql)
      #expect(database.totalChangesCount > before, "the damage was not done")
    }
  }
}

extension SubmittedClaim {
  /// An office visit on a day of March.
  fileprivate static func madeUp(_ number: String, day: Int, provider: String = "1234567893") -> SubmittedClaim {
    .madeUp(number, on: "2026-03-0\(day)", provider: provider)
  }
}
