import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import Testing

/// A claim that is decided again has its own id, and the bank gets the id of the chain's first claim.
@Suite("After a restore, a claim that was decided again is not paid a second time by another decision")
struct RestoredDecisionsTests {
  private static let adjust = ["adjust", "DEMO-012", "--waive", "timely-filing", "--reason", "p"]

  private func copy(_ office: Office, _ from: String, to: String) throws {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: office.path(to + ending))
      guard ending != "-shm", office.has(from + ending) else { continue }
      try FileManager.default.copyItem(atPath: office.path(from + ending), toPath: office.path(to + ending))
    }
  }

  @Test("the same decision again is closed with the existing payment; any other decision waits, and moves nothing")
  func adjusted() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try copy(office, "claims.db", to: "old.db")
    let first = try await office.claims(Self.adjust + ["--cause", "appeal"])
    #expect(first.way == .exited(0), "\(first.errors)")
    let paid = try await office.bank().transfers().count
    #expect(paid == 6)
    try copy(office, "old.db", to: "claims.db")
    _ = try await office.claims(["reconcile"])

    let other = try await office.claims(Self.adjust + ["--cause", "coverage"])
    #expect(other.way == .exited(65) && other.errors.contains("claims reconcile"), "\(other.text)\(other.errors)")
    #expect(try await office.bank().transfers().count == paid)
    let same = try await office.claims(Self.adjust + ["--cause", "appeal"])
    #expect(same.way == .exited(0), "\(same.errors)")
    #expect(try await office.bank().transfers().count == paid)
    let left = try await office.claims(["reconcile"])
    #expect(left.way == .exited(0), "\(left.text)")
    try await office.verifiesClean()
  }

  @Test("a waiting claim is not released while the bank's payment for it is open")
  func released() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let other = try SampleClaims.replacing(
      ("CLM*DEMO-001*", "CLM*OTHER-1*"), ("SV1*HC:G0463*180*", "SV1*HC:G0463:25*180*"))
    try office.write(other, to: "other.837")
    _ = try await office.claims(["migrate"])
    try copy(office, "claims.db", to: "empty.db")
    _ = try await office.process("in.837")
    try copy(office, "empty.db", to: "claims.db")
    _ = try await office.claims(["reconcile", "--bank-db", "claims.bank.db"])
    _ = try await office.process("other.837")
    _ = try await office.process("in.837")
    let before = try await office.bank().transfers().count
    let run = try await office.claims(["suspense", "release", "DEMO-001", "--reason", "is other care"])
    #expect(run.way == .exited(65) && run.errors.contains("claims reconcile"), "\(run.text)\(run.errors)")
    #expect(try await office.bank().transfers().count == before)
  }

  @Test("a payment that was taken back is made again when it is due again, once, under a new key")
  func takenBackAndDueAgain() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.writePlans(to: "rules")
    let fees = try office.text(of: "rules/fees/standard.csv")
    try office.write(fees.replacing("125.00", with: "131.00"), to: "rules/fees/standard.csv")
    _ = try await office.claims(["migrate"])
    try copy(office, "claims.db", to: "empty.db")
    _ = try await office.process("in.837")
    try copy(office, "empty.db", to: "claims.db")
    _ = try await office.claims(["reconcile", "--bank-db", "claims.bank.db"])
    _ = try await office.process("in.837", "--plans", "rules")
    let differing = try await office.claims(["reconcile", "--output", "json"]).text.split(separator: "\n")
      .filter { $0.contains("\"meaning\":\"differs\"") }
      .compactMap { $0.firstMatch(of: /"transfer_id":"([^"]+)"/).map { String($0.1) } }
    #expect(!differing.isEmpty)
    for transfer in differing {
      let back = try await office.claims(["reconcile", "take-back", transfer, "--reason", "other fees"])
      #expect(back.way == .exited(0), "\(back.errors)")
    }
    try copy(office, "empty.db", to: "claims.db")
    _ = try await office.claims(["reconcile", "--bank-db", "claims.bank.db"])
    for _ in 1...2 {
      let run = try await office.process("in.837")
      #expect(run.way == .exited(65), "one claim waits and one is sent back, as before: \(run.text)")
      let transfers = try await office.bank().transfers()
      #expect(transfers.filter { $0.direction == .out }.count == 5 + differing.count)
      #expect(transfers.filter { $0.direction == .back }.count == differing.count)
      try await office.verifiesClean()
      let left = try await office.claims(["reconcile"])
      #expect(left.way == .exited(0), "\(left.text)")
    }
  }

  /// The near duplicate of a sample claim, which waits for a person.
  private func again() throws -> String {
    try SampleClaims.replacing(("CLM*DEMO-001*", "CLM*OTHER-1*"), ("SV1*HC:G0463*180*", "SV1*HC:G0463:25*180*"))
  }

  @Test("a claim is not paid beside the claim that replaced it, even if it is processed first after a restore")
  func originalAfterItsRevision() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(try again(), to: "other.837")
    _ = try await office.claims(["migrate"])
    try copy(office, "claims.db", to: "empty.db")
    _ = try await office.process("in.837")
    _ = try await office.process("other.837")
    let released = try await office.claims(["suspense", "release", "OTHER-1", "--reason", "is other care"])
    #expect(released.way == .exited(0), "\(released.errors)")
    let origin = try #require(try await office.bank().transfers().last?.origin)
    try copy(office, "empty.db", to: "claims.db")
    _ = try await office.claims(["reconcile", "--bank-db", "claims.bank.db"])
    let first = try await office.process("other.837", "--output", "json")
    #expect(try first.reports().first { $0.claimNumber == "OTHER-1" }?.status == "suspended", "\(first.text)")
    _ = try await office.process("in.837")
    #expect(try await office.bank().transfers().count { $0.origin == origin } == 1)
    #expect(try await office.bank().duplicates().isEmpty)
  }

  @Test("the bank itself pays a chain of claims once: a store restored under a running worker pays none twice")
  func unaware() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(try again(), to: "other.837")
    _ = try await office.claims(["migrate"])
    _ = try await office.process("in.837")
    try copy(office, "claims.db", to: "before.db")
    _ = try await office.process("other.837")
    _ = try await office.claims(["suspense", "release", "OTHER-1", "--reason", "is other care"])
    let transfers = try await office.bank().transfers()
    let newest = try #require(transfers.last)
    #expect(newest.origin != newest.reference)
    let bank = EmbeddedBank(try office.bank())
    let order = PaymentOrder(
      idempotencyKey: "another", trackingID: TrackingID("trk-another"), epoch: .first, payer: newest.payer,
      payee: Payee(reference: newest.payeeReference, name: "x"), amount: newest.amount, reference: newest.origin)
    guard case .refused(let failure)? = await bank.prepare([order])[order.trackingID] else {
      Issue.record("the bank prepared a second payment for one chain of claims")
      return
    }
    #expect(failure.code == FailureCode.paidUnderOtherKey.rawValue)
  }

  @Test(
    "a bank whose books were restored is detected by a run and by reconcile",
    arguments: [["process", "in.837"], ["reconcile"]])
  func booksPutBack(_ command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(ManyClaims(count: 3, seed: 4).text, to: "first.837")
    _ = try await office.process("first.837", "--enroll", "PPO")
    try copy(office, "claims.bank.db", to: "early.db")
    _ = try await office.process("in.837")
    try copy(office, "early.db", to: "claims.bank.db")
    let before = try await office.bank().transfers().count
    let run = try await office.claims(command)
    #expect(run.way == .exited(69) && run.errors.contains("has lost"), "\(run.text)\(run.errors)")
    #expect(try await office.bank().transfers().count == before)
  }
}
