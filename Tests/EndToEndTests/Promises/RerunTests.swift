import BankSimulator
import Foundation
import Testing

@Suite("A file that is run again with other options")
struct RerunTests {
  @Test("keeps its decisions, and the run says which option had no effect, and what to do")
  func options() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "claims.837")
    let first = try await office.claims(["process", "claims.837", "--received", "2026-04-01"])
    #expect(
      first.errors.contains("the patient is not on record (PR-31): 1 claim; put members on record"), "\(first.errors)")

    let enrolling = try await office.claims(["process", "claims.837", "--received", "2026-04-01", "--enroll", "PPO"])
    #expect(enrolling.text.contains("= replayed        15"))
    #expect(
      enrolling.errors.contains(
        "denied before, as the patient was not on record (PR-31), and not decided anew by --enroll: 1 claim (DEMO-009); "
          + "claims adjust NUMBER --cause coverage --enroll PLAN --reason"), "\(enrolling.errors)")

    let later = try await office.claims(["process", "claims.837", "--received", "2026-04-02"])
    #expect(
      later.errors.contains("in the store before, as received on another day than --received says"), "\(later.errors)")

    try office.writePlans(to: "rules")
    let plan = try String(contentsOfFile: office.path("rules/plans/PPO.yaml"), encoding: .utf8)
    try office.write(plan.replacing("coinsurance: 20%", with: "coinsurance: 25%"), to: "rules/plans/PPO.yaml")
    let ruled = try await office.claims(["process", "claims.837", "--received", "2026-04-01", "--plans", "rules"])
    #expect(ruled.errors.contains("decided before by other rules than rules-"), "\(ruled.errors)")

    // What the hint says to do works, and the claim says so from then on.
    let adjusted = try await office.claims(
      ["adjust", "DEMO-009", "--cause", "coverage", "--enroll", "PPO", "--reason", "enrolled late"])
    #expect(adjusted.text.contains("now paid"), "\(adjusted.text)\(adjusted.errors)")
    let again = try await office.claims(["process", "claims.837", "--received", "2026-04-01", "--enroll", "PPO"])
    #expect(
      again.errors.contains(
        "adjusted since they were first decided, which is what is shown here: 1 claim (DEMO-009); claims show NUMBER"),
      "\(again.errors)")
    #expect(!again.errors.contains("PR-31"))
    try await office.verifiesClean()
  }

  @Test("a claim of a plan that the rules do not have waits, and rules that have the plan decide it, once")
  func planNotAtHand() async throws {
    let office = try Office()
    try office.writePlans(to: "rules")
    let plan = try String(contentsOfFile: office.path("rules/plans/PPO.yaml"), encoding: .utf8)
    try office.write(plan.replacing("id: PPO", with: "id: LAKE"), to: "rules/plans/LAKE.yaml")
    try office.write(ManyClaims(count: 2, seed: 7).text, to: "in.837")
    let process = ["process", "in.837", "--received", "2026-04-01", "--output", "json"]
    // The plan's name is the only thing that the store learns of these rules.
    let people = EnrollmentFile.subscriber("021", "MANY1", "HD*021**PPO*LAKE*FAM", "DTP*348*D8*20260101")
    try office.write(EnrollmentFile(people: people).text, to: "in.834")
    #expect(try await office.claims(["enroll", "in.834", "--plans", "rules"]).way == .exited(0))

    let first = try await office.claims(process)
    #expect(try first.reports().contains { $0.status == "suspended" }, "\(first)")
    let waiting = try #require(try first.reports().first { $0.status == "suspended" }?.claimNumber)
    let shown = try await office.claims(["suspense", "show", waiting])
    #expect(shown.text.contains("--plans DIR --reason"), "\(shown.text)")
    let refused = try await office.claims(["suspense", "release", waiting, "--reason", "r"])
    #expect(refused.way != .exited(0) && refused.errors.contains("nothing was done"), "\(refused)")
    let released = try await office.claims(
      ["suspense", "release", waiting, "--plans", "rules", "--reason", "its plan was not at hand"])
    #expect(released.text.contains("now paid"), "\(released)")
    let paid = try await office.bank().transfers().count
    let again = try await office.claims(process + ["--plans", "rules"])
    #expect(try !again.reports().contains { $0.status == "suspended" }, "\(again)")
    #expect(try await office.bank().transfers().count == paid)
    try await office.verifiesClean("--plans", "rules")
  }

  @Test("says nothing where nothing is different")
  func same() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "claims.837")
    for _ in 1...2 {
      let run = try await office.claims(["process", "claims.837", "--received", "2026-04-01", "--enroll", "PPO"])
      #expect(run.errors.split(separator: "\n").count == 1, "only the rejected claim is told: \(run.errors)")
    }
  }
}
