import Foundation
import Testing

@Suite("--plans DIR/partners: the checks for a sender's claims")
struct PartnerProfileTests {
  /// The sample claims with a diagnosis in DEMO-001 that is not an ICD-10-CM code. They come from JUNIPER, in
  /// production.
  private static func malformed() throws -> String {
    try SampleClaims.replacing(("HI*ABK:Z0000~", "HI*ABK:777~"))
  }

  private static func office(_ text: String, profiles: [String]) throws -> Office {
    let office = try Office()
    try office.writePlans(to: "rules")
    for (number, profile) in profiles.enumerated() {
      try office.write(profile, to: "rules/partners/\(number).yaml")
    }
    try office.write(text, to: "in.837")
    return office
  }

  private static func profile(_ sender: String, _ check: String, _ severity: String) -> String {
    "sender: \"\(sender)\"\nchecks:\n  \(check): \(severity)\n"
  }

  private static let plans = ["--plans", "rules"]

  private static let jsonClaim = """
    {"kind": "professional", "claim_number": "J-1", "payer": {"id": "SAMPLE01", "name": "SAMPLE HEALTH PLAN"},
     "payer_sequence": "primary", "frequency": "1", "assigns_benefits": true, "facility_code": "11", "charge": "180.00",
     "billing_provider": {"name": "CEDAR", "npi": "1234567893"},
     "subscriber": {"member_id": "HH1", "name": {"last": "MARLOWE", "first": "IRIS"}}, "diagnoses": ["E11.9"],
     "lines": [{"code": "G0463", "code_qualifier": "HC", "charge": "180.00", "units": "1",
                "service_dates": {"first": "2026-02-16", "last": "2026-02-16"}, "diagnosis_pointers": [1]}]}
    """

  @Test("error sends only that claim back, warning reports once, off reports nothing; the latter two change no outcome")
  func severities() async throws {
    let plain = try await Self.office(SampleClaims.text, profiles: []).process(
      ["in.837", "--output", "json"] + Self.plans)
    func outcomes(_ run: Ended) throws -> [String] {
      try run.reports().map { "\($0.status) \($0.planPaid ?? "")" }
    }
    for (profiles, isRejected, told) in [
      ([], false, ["warning: claim DEMO-001: HI01-2: diagnosis 1 is not written as ICD-10-CM codes are"]),
      (
        [Self.profile("JUNIPER", "diagnosis_form", "error"), Self.profile("*", "diagnosis_form", "off")], true,
        [
          "claim DEMO-001 is rejected: HI01-2: diagnosis 1 is not written as ICD-10-CM codes are; "
            + "correct it and send it again"
        ]
      ),
      ([Self.profile("*", "diagnosis_form", "off")], false, []),
      ([Self.profile("SOMEBODY", "diagnosis_form", "off"), Self.profile("*", "diagnosis_form", "error")], true, nil),
    ] as [([String], Bool, [String]?)] {
      let office = try Self.office(try Self.malformed(), profiles: profiles)
      let run = try await office.process(["in.837", "--output", "json"] + Self.plans)
      let first = try #require(try run.reports().first { $0.claimNumber == "DEMO-001" })
      #expect(first.status == (isRejected ? "rejected" : "paid"))
      // A claim that is sent back uses no deductible, so later claims of the same member have other outcomes.
      if isRejected {
        #expect(try run.reports().filter { $0.status == "rejected" }.map(\.claimNumber) == ["DEMO-001", "DEMO-014"])
      } else {
        #expect(try outcomes(run) == outcomes(plain))
      }
      #expect(!run.errors.contains("777"))
      let lines = run.complaints.filter { $0.contains("DEMO-001") }
      if let told {
        #expect(lines.count == told.count && zip(lines, told).allSatisfy { $0.hasSuffix($1) }, "\(lines)")
      }
      #expect(lines.allSatisfy { $0.hasPrefix("claims: in.837: segment ") }, "\(lines)")
      try await office.verifiesClean()
    }
  }

  @Test("an accepted claim stays accepted and is not reported again, even if its sender's profile changes")
  func replay() async throws {
    let office = try Self.office(try Self.malformed(), profiles: [])
    let first = try await office.process(["in.837", "--output", "json"] + Self.plans)
    try office.write(Self.profile("*", "diagnosis_form", "error"), to: "rules/partners/late.yaml")
    let again = try await office.process(["in.837", "--output", "json"] + Self.plans)
    let (before, after) = (try first.reports(), try again.reports())
    #expect(after.map(\.status) == before.map(\.status) && after.allSatisfy(\.replayed))
    #expect(after.map(\.keys) == before.map(\.keys))
    #expect(!again.errors.contains("DEMO-001"), "\(again.errors)")
  }

  @Test(
    "a testing sender is never paid through the queue, and submit applies its profile if it has the plans")
  func queuedTests() async throws {
    let work = ["work", "--until-empty", "--output", "json"] + Self.plans
    let received = ["--received", "2026-04-01"]
    for (options, end) in [([], "rejected"), (Self.plans, "denied")] as [([String], String)] {
      let office = try Self.office(SampleClaims.text, profiles: ["sender: JUNIPER\nusage: test\n"])
      _ = try await office.claims(["submit", "in.837"] + received + options)
      let run = try await office.claims(work)
      let reports = try run.reports()
      #expect(
        !reports.isEmpty && reports.contains { $0.status == end }
          && reports.allSatisfy { [end, "rejected"].contains($0.status) }, "\(run.text)\(run.errors)")
      try await office.bankPaid(0)
      try await office.verifiesClean()
    }
    // JSON names no sender, so the profile for all others applies.
    let json = try Self.office(
      Self.jsonClaim, profiles: ["sender: \"*\"\nusage: test\n"])
    let run = try await json.process(["in.837", "--enroll", "PPO", "--output", "json"] + Self.plans)
    #expect(
      try run.reports().map(\.status) == ["denied"] && run.text.contains(#""group":"OA","code":"16""#),
      "\(run.text)\(run.errors)")

    let office = try Self.office(
      SampleClaims.text.replacing("PER*IC*", with: "PER*ZZ*"), profiles: ["sender: \"*\"\nguide: strict\n"])
    let strict = try await office.claims(["submit", "in.837"] + received + Self.plans)
    #expect(strict.way == .exited(65) && strict.text.hasPrefix("0 claims queued"), "\(strict.text)\(strict.errors)")
    let standard = try await office.claims(["submit", "in.837"] + received)
    #expect(!standard.text.hasPrefix("0 claims queued"), "\(standard.text)\(standard.errors)")
  }

  @Test("a missing value is not invented, even if a profile lists it as a warning")
  func assignment() async throws {
    let office = try Self.office(
      SampleClaims.replacing(
        ("CLM*DEMO-001*180***11:B:1*Y*A*Y*Y~", "CLM*DEMO-001*180***11:B:1*Y*A**Y~")),
      profiles: ["sender: \"*\"\nguide_warnings: [2300 CLM08]\n"])
    let run = try await office.process(["in.837", "--output", "json"] + Self.plans)
    let report = try #require(try run.reports().first { $0.claimNumber == "DEMO-001" })
    #expect(report.status == "suspended" && report.reason?.text.contains("CLM08") == true, "\(run.text)\(run.errors)")
  }

  @Test("a provider with an invalid NPI is reported in the 277CA; with ISA15 = T it is a warning")
  func providerNumber() async throws {
    let text = SampleClaims.text.replacing("*XX*1234567893~", with: "*XX*1234567890~")
    let strict = [Self.profile("JUNIPER", "npi_check_digit", "error")]
    let office = try Self.office(text, profiles: strict)
    let run = try await office.process(["in.837", "--ack", "ack", "--output", "json"] + Self.plans)
    #expect(try run.reports().allSatisfy { $0.status == "rejected" })
    let told = try office.text(of: "ack/in.837.277ca").split(separator: "\n").filter { $0.contains("*U*") }
    #expect(told.filter { $0.hasPrefix("STC*A7:562:85*") }.count == 14)

    let test = try Self.office(text.replacing("*0*P*:~", with: "*0*T*:~"), profiles: strict)
    let trial = try await test.process(["in.837", "--output", "json"] + Self.plans)
    #expect(try trial.reports().filter { $0.status == "rejected" }.count == 1)
    let warnings = trial.complaints.filter { $0.contains("warning: claim ") && $0.contains("NM1*85: ") }
    #expect(warnings.count == 10)
    #expect(trial.complaints.last == "claims: in.837: warning: 4 more claims with such faults, taken in all the same")
  }

  @Test("a worker checks queued claims by their sender's profile")
  func queued() async throws {
    let office = try Self.office(
      try Self.malformed(),
      profiles: [Self.profile("JUNIPER", "diagnosis_form", "error"), Self.profile("*", "diagnosis_form", "off")])
    _ = try await office.claims(["submit", "in.837"] + Office.received)
    let run = try await office.claims(["work", "--until-empty", "--output", "json"] + Self.plans)
    #expect(try run.reports().filter { $0.status == "rejected" }.map(\.claimNumber) == ["DEMO-001", "DEMO-014"])
  }

  @Test("a profile is not part of the ruleset, and a mistake in one stops the run before a store is created")
  func setup() async throws {
    let office = try Self.office(SampleClaims.text, profiles: [])
    let named = Self.plans + ["--ruleset", "SPRING"]
    _ = try await office.process(["in.837"] + named)
    try office.write(Self.profile("*", "place_form", "off"), to: "rules/partners/all.yaml")
    let again = try await office.process(["in.837", "--output", "json"] + named)
    #expect(try again.reports().count == 15, "\(again.errors)")

    let other = try Self.office(SampleClaims.text, profiles: [Self.profile("*", "place_form", "loud")])
    let run = try await other.process(["in.837"] + Self.plans)
    #expect(run.way == .exited(65) && !other.has("claims.db"))
    let said = "rules/partners/0.yaml:3:15: place_form must be error or off or warning, not \"loud\""
    #expect(run.complaints == ["claims: \(said)"])
  }
}
