import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing
import Verification

/// Remittances are verified too: against claims and payments, and byte for byte.
@Suite(.postgres, .temporaryFolder) struct RemittanceDamageTests {
  private struct PlainFormat: RemittanceFormat {
    func refusal(of claim: ClaimPayment) -> String? { nil }

    func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) -> [UInt8] {
      Array("check \(number) pays \(advice.payment.amount)".utf8)
    }
  }

  private static let damages: [Damage] = [
    .store(
      "a file is changed", .storedResponse,
      by: "UPDATE effect_keys SET response = swapped(response, 'pays', 'owes') WHERE effect = 'remit'"),
    .store(
      "a file is changed with its digest", .toldOnce,
      by: """
        UPDATE effect_keys SET response = bytes('pays nothing'), response_digest = digest(bytes('pays nothing'))
        WHERE effect = 'remit'
        """),
    .store("a file is gone", .keysOnRecord, by: "DELETE FROM effect_keys WHERE effect = 'remit'"),
    .store(
      "a check pays more than the bank has moved", .toldOnce,
      by: "UPDATE remittances SET amount_cents = amount_cents + 1, claims_paid_cents = claims_paid_cents + 1"),
    .store(
      "a claim that was told is on record as not told", .toldOnce,
      by: "UPDATE remitted_claims SET remittance_id = NULL WHERE claim_intake_id = \(Damage.id(of: "PAID"))"),
    .store("it is not on record what was told", .toldOnce, by: "DELETE FROM remitted_claims"),
    .store(
      "a claim is marked as told that no check run has", .toldOnce,
      by: "UPDATE claims SET told = 1 WHERE claim_number = 'UNPOSTED'"),
    .store(
      "a claim that waits was told", .toldOnce,
      by: """
        UPDATE remitted_claims SET claim_intake_id = \(Damage.id(of: "UNPOSTED")),
        payment_id = (SELECT payment_id FROM payments WHERE claim_intake_id = \(Damage.id(of: "UNPOSTED")))
        WHERE claim_intake_id = \(Damage.id(of: "PAID"))
        """),
  ]

  @Test(arguments: damages, StoreKind.allCases)
  func `damage to what was told is named`(_ damage: Damage, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    try await remit(payer.store)
    #expect(try await payer.verify().findings == [])
    try await payer.damage(damage.sql)
    let report = try await payer.verify()
    #expect(report.brokenBesidesTables == damage.broken, "\(report.findings.map(\.description))")
  }

  @Test(arguments: StoreKind.allCases)
  func `a check run that is not at its end is noted`(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    try await remit(payer.store, closing: false)
    let report = try await payer.verify()
    #expect(report.isClean)
    #expect(report.notes == [VerificationNote(work: .checkRunsOpen, count: 1)])
  }

  private func remit(_ store: ClaimStore, closing: Bool = true) async throws {
    let payer = RemittancePayer(
      name: "Sample", address: Address(lines: ["1 Way"], city: "Ocala", state: "FL", postalCode: "34470"),
      technicalContact: RemittanceContact(telephone: "5555550101"))
    let agent = RemittanceAgent(
      store: store, runner: DurableRunner(worker: WorkerID("worker-2")),
      issuer: RemittanceIssuer(payer: payer, taxID: "591112222"), format: PlainFormat())
    let run = try #require(try await agent.begin(on: nil))
    var last = 0
    while let step = try await agent.next(in: run) { last = step.remittance?.number ?? last }
    if closing { #expect(try await agent.close(run, deliveredThrough: last)) }
  }
}
