import Verification
import ClaimPipeline
import TestSupport
import Testing

/// Whatever is changed behind the program's back is found, and named for what it is.
@Suite(.postgres, .temporaryFolder) struct DamageTests {
  @Test(arguments: Damage.all, StoreKind.allCases)
  func `damage is named`(_ damage: Damage, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    if damage.isAtBank { try await payer.damageBank(damage.sql) } else { try await payer.damage(damage.sql) }
    let report = try await payer.verify()
    #expect(report.brokenBesidesTables == damage.broken, "\(report.findings.map(\.description))")
    // The bank has tables of its own.
    #expect(report.findings.contains { $0.invariant == .tablesAsMade } == !damage.isAtBank)
    // Ids only: no finding names a member.
    #expect(
      !report.findings.contains { finding in
        ["M-1", "M-2", "M-3", "F-1", "Doe"].contains { finding.description.contains($0) }
      })
  }
}
