import Foundation
import TestSupport
import Testing

@Suite("A copay that claims share is taken once", .postgres)
struct CopayOfVisitTests {
  private static let plan = """
    id: VISIT
    name: Visits
    version: "1"
    deductible: {individual: 0.00, family: 0.00, embedded: true}
    out_of_pocket_maximum: {individual: 1000.00, family: 2000.00, embedded: true}
    coinsurance: 0%
    cost_share_order: copay-first
    timely_filing_days: 365
    pricing: {otherwise_percent_of_charge: 100%}
    benefits:
      - {id: visit, applies: {procedures: [G0*]}, copay: 20.00, copay_per: provider-and-day}

    """

  @Test("by claims in one file that are decided concurrently, and verify confirms it", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(Self.plan, to: "rules/VISIT.yaml")
    let one = ManyClaims(count: 1, seed: 51).text
    let services = ["G0463", "G0402", "G0438", "G0439"]
    for (index, service) in services.enumerated() {
      try office.write(
        one.replacing("MANY-1", with: "VISIT-\(index)").replacing("*HC:G0463", with: "*HC:\(service)"),
        to: "in/\(index).837")
    }
    let options = ["--plans", "rules"] + store.option
    let run = try await office.process(
      ["in", "--enroll", "VISIT", "--jobs", "4", "--batch", "1", "--output", "json"] + options)
    #expect(run.jsonLines.filter { $0.contains(#""status":"paid""#) }.count == 4, "\(run.text)\(run.errors)")
    let owed = run.jsonLines.filter { $0.contains(#""member_responsibility":"20.00""#) }
    #expect(owed.count == 1 && run.jsonLines.filter { $0.contains(#""member_responsibility":"0.00""#) }.count == 3)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db", "--plans", "rules")
  }
}
