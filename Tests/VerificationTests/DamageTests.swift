import ClaimPipeline
import TestSupport
import Testing
import Verification

/// The verifier finds every change made outside the program, and names it correctly.
@Suite(.postgres, .temporaryFolder) struct DamageTests {
  @Test(arguments: Damage.all, StoreKind.allCases)
  func `damage is named`(_ damage: Damage, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    if damage.isAtBank { try await payer.damageBank(damage.sql) } else { try await payer.damage(damage.sql) }
    let report = try await payer.verify()
    #expect(report.brokenBesidesTables == damage.broken, "\(report.findings.map(\.description))")
    // The bank has its own tables.
    #expect(report.findings.contains { $0.invariant == .tablesAsMade } == !damage.isAtBank)
    // Findings contain ids only, and never name a member.
    #expect(
      !report.findings.contains { finding in
        ["M-1", "M-2", "M-3", "F-1", "Doe"].contains { finding.description.contains($0) }
      })
  }
}
