import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing
import Verification

/// No false alarms: every state that the program itself can produce is clean.
@Suite(.postgres, .temporaryFolder) struct CleanStoreTests {
  @Test(arguments: StoreKind.allCases)
  func `a store in which every kind of claim was processed twice is clean`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    let report = try await payer.verify()
    #expect(report.findings == [])
    #expect(report.notes == [])
    #expect(report.totals.claims == 11)
    #expect(report.totals.payments == 10)
    #expect(report.totals.transfers == 5)
    #expect(report.totals.paid > .zero)
  }

  @Test(arguments: [1, 2, 500], StoreKind.allCases)
  func `the pages do not show in the report`(_ pageSize: Int, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    #expect(try await payer.verify(pageSize: pageSize) == payer.verify(pageSize: 4))
  }

  @Test(arguments: StoreKind.allCases)
  func `an empty store is clean`(on kind: StoreKind) async throws {
    let report = try await MadeUpPayer(on: kind).verify()
    #expect(report.isClean)
    #expect(report.totals == VerificationTotals())
  }

  @Test(arguments: StoreKind.allCases)
  func `members enrolled alone have a limit each, whatever the family comes to`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer(on: kind)
    let members = (1...3).map { "M-\($0)" }
    try await payer.enroll(members.map { ($0, "F-1", "PPO") }, coversFamily: false)
    try await payer.process(members.map { .madeUp("C-\($0)", member: $0, lines: [("29881", 900_00)]) })
    #expect(try await payer.verify().findings == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `limits that nobody gave are noted as unchecked`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    let report = try await payer.verify(knowsRules: false)
    #expect(report.isClean)
    #expect(report.notes == [VerificationNote(work: .limitsUnchecked, count: 1)])
  }
}
