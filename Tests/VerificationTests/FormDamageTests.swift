import BankSimulator
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing
import Verification

@Suite("A paper form is held to what was read, to the acts on record, to its pictures and to its claim", .postgres)
struct FormDamageTests {
  private static let accepted = "(SELECT draft_id FROM form_drafts WHERE state = 'accepted')"

  private static let damages: [Damage] = [
    .store(
      "a value is another, and no act says so", .formsFollowActs,
      by: "UPDATE form_drafts SET corrected = swapped(corrected, 'FORM-9', 'FORM-8') WHERE state = 'accepted'"),
    .store(
      "what was read is another", .formsFollowActs,
      by: "UPDATE form_drafts SET reading = swapped(reading, 'W100000001', 'W100000002') WHERE state = 'accepted'"),
    .store(
      "what was read does not read", .formsFollowActs,
      by: "UPDATE form_drafts SET reading = bytes('{}') WHERE state = 'waiting'"),
    .store("an act is gone", .formsFollowActs, by: "DELETE FROM form_acts WHERE draft_id = \(accepted) AND number = 1"),
    .store(
      "an acceptance is taken back", .formsFollowActs,
      by: "UPDATE form_drafts SET state = 'waiting', claim_intake_id = NULL WHERE state = 'accepted'"),
    .store(
      "an accepted form is a claim that never was", .formsFollowActs,
      by: "UPDATE form_drafts SET claim_intake_id = 'CLM-0' WHERE state = 'accepted'"),
    .store(
      "an accepted form is the claim of other pages", .formsFollowActs,
      by: """
        UPDATE form_drafts SET claim_intake_id = (SELECT claim_intake_id FROM claims WHERE claim_number = 'PAID')
        WHERE state = 'accepted'
        """),
    .store(
      "a picture is another", .formsFollowActs,
      by: "UPDATE form_pages SET image = bytes('another picture') WHERE draft_id = \(accepted)"),
    .store("a picture is gone", .formsFollowActs, by: "DELETE FROM form_pages WHERE draft_id = \(accepted)"),
    .store(
      "the picture of a discarded form is back", .formsFollowActs,
      by: """
        INSERT INTO form_pages SELECT draft_id, 1, 612000, 792000, 300, bytes('picture of c')
        FROM form_drafts WHERE state = 'discarded'
        """),
    .store(
      "doubts are counted otherwise", .formsFollowActs, by: "UPDATE form_drafts SET doubts = 0 WHERE state = 'waiting'"),
  ]

  @Test("damage is named, and nothing about the member with it", arguments: damages, StoreKind.allCases)
  func named(_ damage: Damage, on kind: StoreKind) async throws {
    let (world, store) = try await Self.desk(on: kind)
    try await world.place.damage(damage.sql)
    let report = try await Verifier(store: store).verify()
    #expect(report.brokenBesidesTables == damage.broken, "\(report.findings.map(\.description))")
    #expect(!report.findings.contains { $0.description.contains("W10000000") || $0.description.contains("SAMPLE") })
  }

  @Test("forms that wait are noted, and are no finding", arguments: StoreKind.allCases)
  func noted(on kind: StoreKind) async throws {
    let (world, store) = try await Self.desk(on: kind)
    let report = try await Verifier(store: store).verify()
    withExtendedLifetime(world) {}
    #expect(report.findings == [])
    #expect(report.notes.contains(VerificationNote(work: .formsWaiting, count: 1)))
  }

  /// A desk with a form that was corrected and accepted, one that waits, and one that was discarded.
  private static func desk(on kind: StoreKind) async throws -> (ClaimsWorld, ClaimStore) {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    _ = try await world.process([SampleClaim.make("PAID", member: "W100000009")], on: store)
    let papers = ["a", "b", "c"]
    let forms = papers.map { paper in SampleForm { ($0.paper, $0.faint) = (paper, ["FORM-1"]) } }
    _ = try await FormIntake(store, source: SampleFormSource(forms)).take([], from: "scans.pdf")
    let ids = try forms.map { FormRow.id(ofDigest: try $0.found().digest) }
    let desk = FormDesk(store, by: try SignOff(by: "pat", reason: "as the picture shows"))
    _ = try await desk.correct(ids[0], "26", to: "FORM-9")
    let processor = ClaimProcessor(
      store: store, runner: ClaimsWorld.runner(), bank: EmbeddedBank(world.bank), ruleset: world.ruleset,
      settings: .init(enrollment: SampleRuleset.planID, patience: .zero))
    _ = try await desk.accept(ids[0], by: processor)
    _ = try await desk.discard(ids[2])
    return (world, store)
  }
}
