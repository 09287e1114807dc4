import Foundation
import Testing

@Suite("A pair of codes on two claims of one day")
struct SplitPairTests {
  private static let plan = """
    id: PAIRS
    name: Pairs
    version: "1"
    deductible: {individual: 0, family: 0, embedded: true}
    out_of_pocket_maximum: {individual: 9000, family: 9000, embedded: true}
    coinsurance: 0%
    cost_share_order: deductible-first
    timely_filing_days: 365
    edits: [ncci]
    pricing: {otherwise_percent_of_charge: 100%}

    """

  private static let pair = """
    column1\tcolumn2\tpre1996\teffective\tdeletion\tmodifier_ind\trationale
    G0438\tG0439\t\t20200101\t*\t1\tany

    """

  private static func claim(_ number: String, _ code: String, _ charge: String) -> String {
    """
    {"kind": "professional", "claim_number": "\(number)", "payer": {"id": "H1", "name": "HARBOR"},
     "payer_sequence": "primary", "frequency": "1", "assigns_benefits": true, "facility_code": "11", "charge": "\(charge)", "billing_provider": {"name": "CEDAR", "npi": "1234567893"},
     "subscriber": {"member_id": "HH1", "name": {"last": "MARLOWE", "first": "IRIS"}}, "diagnoses": ["E11.9"],
     "lines": [{"code": "\(code)", "code_qualifier": "HC", "charge": "\(charge)", "units": "1",
                "service_dates": {"first": "2026-02-16", "last": "2026-02-16"}, "diagnosis_pointers": [1]}]}
    """
  }

  @Test(
    "is shown on the work list with the other claim, released, and settled with it",
    arguments: StoreKind.allCases)
  func settled(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(Self.plan, to: "rules/pairs.yaml")
    try office.write(Self.pair, to: "ccipra-v320r0-f1.txt")
    #expect(try await office.claims(["rules", "import", "--into", "rules", "ccipra-v320r0-f1.txt"]).way == .exited(0))
    try office.write(Self.claim("COLUMN-2", "G0439", "80.00"), to: "second.json")
    try office.write(Self.claim("COLUMN-1", "G0438", "120.00"), to: "first.json")
    let rules = ["--plans", "rules"] + store.option
    for file in ["second.json", "first.json"] {
      _ = try await office.process([file, "--enroll", "PAIRS"] + rules)
    }

    let other = try #require(
      try await office.claims(["show", "COLUMN-2"] + store.option).text.firstMatch(of: /CLM-[0-9a-f]+/)?.output)
    let list = try await office.claims(["suspense", "list", "--output", "json"] + store.option)
    #expect(list.jsonLines.count == 1 && list.text.contains(#""code":"column-two-elsewhere""#))
    #expect(list.text.contains(#""other_claims":["\#(other)"]"#))
    let show = try await office.claims(["show", "COLUMN-1"] + store.option)
    #expect(show.text.contains("    compare claim \(other)\n"), "\(show.text)")

    let why = ["--reason", "a pair"] + rules
    let release = try await office.claims(["suspense", "release", "COLUMN-1"] + why)
    #expect(release.text.contains("120.00 more goes to the provider"), "\(release.text + release.errors)")
    let again = try await office.process(["first.json", "--enroll", "PAIRS", "--output", "json"] + rules)
    #expect(again.text.contains(#""replaced_since":true"#), "\(again.text)")
    let adjust = try await office.claims(["adjust", String(other), "--cause", "rules"] + why)
    #expect(adjust.text.contains("80.00 too much was paid"), "\(adjust.text + adjust.errors)")
    try await office.verifiesClean("--plans", "rules", "--store", store.name)
  }

  @Test("is not released past a claim that was paid after it began to wait", arguments: StoreKind.allCases)
  func later(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(Self.plan, to: "rules/pairs.yaml")
    try office.write(Self.pair, to: "ccipra-v320r0-f1.txt")
    #expect(try await office.claims(["rules", "import", "--into", "rules", "ccipra-v320r0-f1.txt"]).way == .exited(0))
    let rules = ["--plans", "rules"] + store.option
    for (number, code, charge) in [
      ("COLUMN-2", "G0439", "80.00"), ("COLUMN-1", "G0438", "120.00"), ("LATER-2", "G0439", "70.00"),
    ] {
      try office.write(Self.claim(number, code, charge), to: "\(number).json")
      _ = try await office.process(["\(number).json", "--enroll", "PAIRS"] + rules)
    }
    func id(_ number: String) async throws -> String {
      let show = try await office.claims(["show", number] + store.option)
      return String(try #require(show.text.firstMatch(of: /CLM-[0-9a-f]+/)?.output))
    }
    func release(also: [String]) async throws -> Ended {
      try await office.claims(
        ["suspense", "release", "COLUMN-1", "--reason", "a pair"] + also.flatMap { ["--also", $0] } + rules)
    }
    let later = try await id("LATER-2")
    let unseen = try await release(also: [])
    #expect(unseen.way != .exited(0) && unseen.errors.contains("has to be compared with \(later) too"), "\(unseen)")
    let unknown = try await release(also: [later, "CLM-00000000000000000000"])
    #expect(unknown.way != .exited(0) && unknown.errors.contains("does not ask for this"), "\(unknown)")
    try await office.bankPaid(2)
    let seen = try await release(also: [later])
    #expect(seen.text.contains("120.00 more goes to the provider"), "\(seen.text + seen.errors)")
    try await office.bankPaid(3)
    try await office.verifiesClean("--plans", "rules", "--store", store.name)
  }
}
