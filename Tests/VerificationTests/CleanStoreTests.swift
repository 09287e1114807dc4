import ClaimPipeline
import ClaimsDomain
import DurableExecution
import PaymentGateway
import TestSupport
import Testing

/// No false alarms: whatever the program itself can leave behind is clean.
@Suite(.temporaryFolder) struct CleanStoreTests {
  @Test func `a store in which every kind of claim was processed twice is clean`() async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim()
    let report = try await payer.verify()
    #expect(report.findings == [])
    #expect(report.notes == [])
    #expect(report.totals.claims == 10)
    #expect(report.totals.payments == 9)
    #expect(report.totals.transfers == 5)
    #expect(report.totals.paid > .zero)
  }

  @Test(arguments: [1, 2, 500]) func `the pages do not show in the report`(_ pageSize: Int) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim()
    #expect(try await payer.verify(pageSize: pageSize) == payer.verify(pageSize: 4))
  }

  @Test func `an empty store is clean`() async throws {
    let report = try await MadeUpPayer().verify()
    #expect(report.isClean)
    #expect(report.totals == VerificationTotals())
  }

  @Test func `members enrolled alone have a limit each, whatever the family comes to`() async throws {
    let payer = try MadeUpPayer()
    let members = (1...3).map { "M-\($0)" }
    try await payer.enroll(members.map { ($0, "F-1", "PPO") }, coversFamily: false)
    try await payer.process(members.map { .madeUp("C-\($0)", member: $0, lines: [("29881", 900_00)]) })
    #expect(try await payer.verify().findings == [])
  }

  @Test func `limits that nobody gave are noted as unchecked`() async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim()
    let report = try await Verifier(store: payer.store).verify()
    #expect(report.isClean)
    #expect(report.notes == [VerificationNote(work: .limitsUnchecked, count: 1)])
  }
}
