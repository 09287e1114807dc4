import Foundation
import TestSupport
import Testing

@Suite("A claim that is said in FHIR is the claim that is said in an 837", .postgres)
struct FHIRSameClaimTests {
  /// DEMO-001 and DEMO-003 of the sample claims are the claims of the Bundle.
  private static let pairs = [("DEMO-001", "FHIR-001"), ("DEMO-003", "FHIR-003")]

  private struct Amounts: Decodable, Equatable {
    let status: String
    let charge: String?
    let allowed: String?
    let memberResponsibility: String?
    let planPaid: String?
    let adjustments: [[String: String]]

    enum CodingKeys: String, CodingKey {
      case status, charge, adjustments
      case allowed = "total_allowed"
      case memberResponsibility = "member_responsibility"
      case planPaid = "plan_paid"
    }
  }

  private static func amounts(_ number: String, in run: Ended) throws -> Amounts {
    let line = try #require(run.text.split(separator: "\n").first { $0.contains("\"claim_number\":\"\(number)\"") })
    return try JSONDecoder().decode(Amounts.self, from: Data(line.utf8))
  }

  @Test(
    "it gets the same decision and the same money, and the second way is a duplicate", arguments: StoreKind.allCases)
  func same(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(try FHIRFixture.text("bundle.json"), to: "in.json")
    let inX12 = try await office.process(["in.837", "--output", "json"] + store.option)
    let again = try await office.process(["in.json", "--output", "json"] + store.option)
    let other = try Office()
    try other.write(try FHIRFixture.text("bundle.json"), to: "in.json")
    let alone = try await other.process("in.json", "--output", "json")
    for (demo, fhir) in Self.pairs {
      #expect(try Self.amounts(fhir, in: alone) == Self.amounts(demo, in: inX12))
      let duplicate = try Self.amounts(fhir, in: again)
      #expect(duplicate.status == "denied" && duplicate.adjustments.map { $0["code"] } == ["18"], "\(again.text)")
    }
    try await other.bankPaid(2)
    try await office.bankPaid(5)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("a Bundle, its resources one per line, and both again are paid once", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(try FHIRFixture.text("bundle.json"), to: "in.json")
    try office.write(try FHIRFixture.text("claims.ndjson"), to: "in.ndjson")
    let first = try await office.process(["in.json", "in.ndjson", "--output", "json"] + store.option)
    #expect(try first.reports().map(\.status) == ["paid", "paid", "paid", "paid"], "\(first.errors)")
    let replayed = try await office.process(["in.ndjson", "--output", "json"] + store.option)
    #expect(try replayed.reports().allSatisfy { $0.replayed && $0.status == "paid" })
    try await office.bankPaid(2)
  }

  @Test("a void takes back the payment, and a preauthorization moves nothing")
  func voided() async throws {
    let office = try Office()
    let text = try FHIRFixture.text("bundle.json")
    try office.write(text, to: "in.json")
    _ = try await office.process("in.json")
    let show = try await office.claims(["show", "FHIR-001"])
    let id = String(try #require(show.text.firstMatch(of: /CLM-[0-9a-f]+/)?.output))
    let frequency = """
      "supportingInfo": [{"sequence": 1, "code": {"coding": [
        {"system": "https://codesystem.x12.org/005010/1325", "code": "8"}]}}],
      "related": [{"claim": {"reference": "ClaimResponse/\(id)"}, "relationship": {"coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "code": "prior"}]}}], "item": [
      """
    let void = text.replacing("\"item\": [", with: frequency, maxReplacements: 1).replacing(
      "FHIR-001", with: "FHIR-001V")
    try office.write(void, to: "void.json")
    let run = try await office.process("void.json", "--output", "json")
    #expect(try run.reports().first?.status == "denied", "\(run.text) \(run.errors)")
    #expect(try await office.claims(["show", id]).text.contains("replaced"), "the first claim counts no more")
    try office.write(text.replacing("\"use\": \"claim\"", with: "\"use\": \"preauthorization\""), to: "ask.json")
    let asked = try await office.process("ask.json", "--output", "json")
    #expect(try asked.way == .exited(65) && asked.reports().allSatisfy { $0.status == "rejected" })
    try await office.verifiesClean()
  }
}
