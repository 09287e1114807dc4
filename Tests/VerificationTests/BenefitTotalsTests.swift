import ClaimPipeline
import ClaimsDomain
import TestSupport
import Testing
import Verification

/// Totals other than the network deductible and the network out-of-pocket maximum.
@Suite(.postgres, .temporaryFolder) struct BenefitTotalsTests {
  @Test(arguments: StoreKind.allCases)
  func `visits, amounts, care out of the network and other payers leave a clean store`(on kind: StoreKind) async throws
  {
    let (payer, ended) = try await Self.year(on: kind)
    #expect(ended.map(\.word) == ["paid", "denied", "paid", "paid", "suspended"])
    let report = try await payer.verify()
    #expect(report.findings == [] && report.notes == [])
  }

  @Test(
    arguments: [
      "UPDATE accumulator_entries SET amount_cents = 2 WHERE bucket = 'visits:therapy'",
      "UPDATE accumulator_entries SET amount_cents = amount_cents + 1 WHERE bucket = 'paid:therapy'",
      "DELETE FROM accumulator_entries WHERE bucket = 'deductible:out-of-network' AND holder_kind = 'member'",
      "UPDATE accumulator_entries SET bucket = 'visits:other' WHERE bucket = 'visits:therapy'",
    ], StoreKind.allCases)
  func `a total that no decision accounts for is found`(_ damage: String, on kind: StoreKind) async throws {
    let (payer, _) = try await Self.year(on: kind)
    try await payer.damage(damage)
    let found = try await payer.verify().findings.map(\.invariant)
    #expect(found.contains(.accumulatorsFollowDecisions))
  }

  private static func year(on kind: StoreKind) async throws -> (MadeUpPayer, [EndedClaim]) {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.enroll([("M-1", "F-1", "NET"), ("M-2", "F-1", "NET")])
    var unbalanced = secondary("UNBALANCED")
    unbalanced.otherPayers?[0].paid = Money(cents: 1)
    let claims: [SubmittedClaim] = [
      .madeUp("VISIT", lines: [("97110", 100_00)]), .madeUp("OVER", lines: [("97110", 100_00)], on: "2026-03-03"),
      .madeUp("OUTSIDE", member: "M-2", lines: [("29881", 1_000_00)], provider: "1111111112"),
      secondary("SECONDARY"), unbalanced,
    ]
    let ended = try await payer.process(claims)
    _ = try await payer.process(claims)
    return (payer, ended)
  }

  /// A secondary claim of 200.00, of which the first payer paid 90.00 and left 30.00 to the member.
  private static func secondary(_ number: String) -> SubmittedClaim {
    let first = PayerID("FIRST")
    var claim = SubmittedClaim.madeUp(number, member: "M-2", sequence: .secondary)
    claim.otherPayers = [OtherPayer(id: first, sequence: .primary, paid: Money(cents: 90_00))]
    claim.lines[0].otherPayers = [
      OtherPayerLine(
        payer: first, paid: Money(cents: 90_00),
        adjustments: [
          OtherPayerAdjustment(group: "CO", reason: "45", amount: Money(cents: 80_00)),
          OtherPayerAdjustment(group: "PR", reason: "1", amount: Money(cents: 30_00)),
        ])
    ]
    return claim
  }
}
