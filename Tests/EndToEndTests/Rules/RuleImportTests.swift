import Foundation
import Testing

@Suite("claims rules import")
struct RuleImportTests {
  private static let units = """
    HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale
    J1885,1,3 Date of Service Edit: Clinical,any

    """
  private static let file = "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"

  /// The sample plans with a table of units that ends before the last claims of the sample file.
  private func office() async throws -> Office {
    let office = try Office()
    try office.writePlans(to: "rules")
    for plan in ["PPO", "HMO", "HDHP"] {
      try office.write(
        try office.text(of: "rules/plans/\(plan).yaml") + "\nedits: [mue]\n", to: "rules/plans/\(plan).yaml")
    }
    try office.write(Self.units, to: Self.file)
    try office.write(SampleClaims.text, to: "in.837")
    return office
  }

  private func imported(_ office: Office, _ more: String...) async throws -> Ended {
    try await office.claims(["rules", "import", "--into", "rules", Self.file] + more)
  }

  @Test(
    "A plan that names a table is refused until the table is imported; importing the same file again changes nothing")
  func importing() async throws {
    let office = try await office()
    let before = try await office.process("in.837", "--plans", "rules")
    #expect(before.way == .exited(65))
    #expect(before.errors.contains("there is no table for the edit \"mue\"; import the published file"))
    #expect(!office.has("claims.db"))

    let first = try await imported(office, "--through", "2026-03-10")
    let edition =
      "mue-practitioner-2026-01-01, medically unlikely edits, practitioners, 2026-01-01 to 2026-03-10, 1 rows"
    #expect(first.way == .exited(0) && first.text == "\(Self.file): \(edition): added\n")
    let again = try await imported(office, "--through", "2026-03-10")
    #expect(again.way == .exited(0) && again.text == "\(Self.file): \(edition): known already\n")

    let list = try await office.claims(["rules", "list", "--plans", "rules"])
    #expect(list.way == .exited(0) && list.text.contains("\ntable \(edition)\nruleset rules-"))

    try office.write(Self.units.replacing("J1885,1", with: "J1885,2"), to: Self.file)
    let other = try await imported(office, "--through", "2026-03-10")
    #expect(other.way == .exited(65) && other.text.isEmpty)
    #expect(other.errors.contains("there is another mue-practitioner-2026-01-01"))
    let none = try await office.claims(["rules", "import", "--into", "rules", "in.837"])
    #expect(none.way == .exited(65) && none.errors.hasPrefix("claims: in.837: it is none of the tables"))
  }

  @Test("Claims are decided by the table of their day, a claim without one is suspended, and a second run replays both")
  func deciding() async throws {
    let office = try await office()
    _ = try await imported(office, "--through", "2026-03-10")
    let first = try await office.process("in.837", "--plans", "rules", "--output", "json")
    func line(_ number: String, of run: Ended) throws -> String {
      try #require(run.jsonLines.first { $0.contains("\"claim_number\":\"\(number)\"") })
    }
    #expect(try line("DEMO-003", of: first).contains(#"{"group":"CO","code":"151","amount":"40.00"}"#))
    let suspended = try line("DEMO-006", of: first)
    #expect(suspended.contains(#""status":"suspended""#) && suspended.contains("no table for the day of service"))

    let show = try await office.claims(["show", "DEMO-003"])
    #expect(show.text.contains("ncci.mue: code J1885, units 2, MUE 1, MAI 3"))

    let again = try await office.process("in.837", "--plans", "rules", "--output", "json")
    for number in ["DEMO-003", "DEMO-006"] {
      #expect(
        try line(number, of: again)
          == line(number, of: first).replacing("\"replayed\":false", with: "\"replayed\":true"))
    }
    #expect(try await office.claims(["verify"]).way == .exited(0))
  }
}
