import Foundation
import TestSupport
import Testing

@Suite("What is written as FHIR is valid, and says what was decided")
struct FHIRWrittenTests {
  /// An inpatient and an outpatient claim of a sample member.
  private static func institutional() throws -> String {
    let outpatient = try FHIRFixture.text("institutional.json").replacing("HH700800900", with: "PO2001")
      .replacing("Abernathy", with: "Marchbank").replacing("Glenn", with: "Delphine")
      .replacing("1950-07-20", with: "1990-07-21").replacing("\n", with: "")
    let inpatient = outpatient.replacing("LGH-77", with: "LGH-78").replacing("\"0131\"", with: "\"0111\"")
      .replacing("2026-02-0", with: "2026-03-0")
    return outpatient + "\n" + inpatient + "\n"
  }

  @Test("every ClaimResponse and ExplanationOfBenefit is accepted by an independent validator", .fhirvalid)
  func valid() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(try Self.institutional(), to: "in.ndjson")
    let run = try await office.process("in.837", "in.ndjson", "--output", "json")
    let numbers = try run.reports().filter { $0.status != "rejected" }.compactMap(\.claimNumber)
    var (responses, explanations): ([[UInt8]], [[UInt8]]) = ([], [])
    for number in numbers {
      let show = try await office.claims(["show", number, "--output", "fhir"])
      responses += show.text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init)
      let eob = try await office.claims(["eob", number, "--output", "fhir"])
      if eob.way == .exited(0) { explanations += eob.text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init) }
    }
    #expect(responses.count == numbers.count && numbers.count > 14 && explanations.count > 10)
    let texts = explanations.map { String(decoding: $0, as: UTF8.self) }
    for profile in ["Professional-NonClinician", "Outpatient-Institutional", "Inpatient-Institutional"] {
      #expect(
        texts.contains { $0.contains("StructureDefinition/C4BB-ExplanationOfBenefit-\(profile)\"") }, "\(profile)")
    }
    let complaints = try await FHIRValid.complaints(about: responses + explanations)
    #expect(complaints.filter { !$0.isEmpty } == [])
  }

  @Test("the validator works: it refuses a resource with an unknown element or without a required one", .fhirvalid)
  func validator() async throws {
    let office = try Office()
    try office.write(try FHIRFixture.text("bundle.json"), to: "in.json")
    _ = try await office.process("in.json")
    let text = try await office.claims(["show", "FHIR-001", "--output", "fhir"]).text
    let broken = [
      text.replacing("\"disposition\"", with: "\"dispo\""), text.replacing("\"outcome\":\"complete\",", with: ""),
      text.replacing("\"value\":180.00", with: "\"value\":\"x\""),
    ]
    let complaints = try await FHIRValid.complaints(about: broken.map { Array($0.utf8) })
    #expect(complaints.allSatisfy { !$0.isEmpty }, "\(complaints)")
  }

  @Test("the amounts, reasons and codes of a decision are there")
  func amounts() async throws {
    let office = try Office()
    try office.write(try FHIRFixture.text("bundle.json"), to: "in.json")
    _ = try await office.process("in.json")
    let text = try await office.claims(["eob", "FHIR-001", "--output", "fhir"]).text
    let eob = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(eob["outcome"] as? String == "complete" && eob["use"] as? String == "claim")
    let totals = (eob["total"] as? [[String: Any]] ?? []).map { part in
      let coding = ((part["category"] as? [String: Any])?["coding"] as? [[String: Any]])?.first
      let dollars = ((part["amount"] as? [String: Any])?["value"] as? NSNumber)?.intValue ?? -1
      return "\(coding?["code"] ?? "") \(dollars)"
    }
    #expect(
      totals == [
        "submitted 180", "eligible 125", "copay 30", "discount 55", "memberliability 30", "benefit 95",
        "paidtoprovider 95",
      ])
    // The member's share is a copay (PR-3), and the rest is above the fee (CO-45).
    for code in ["\"code\":\"45\"", "\"code\":\"3\"", "\"code\":\"CO\"", "\"code\":\"PR\"", "\"value\":180.00,"] {
      #expect(text.contains(code), "\(code)")
    }
    let undecided = try await office.claims(["eob", "NONE", "--output", "fhir"])
    #expect(undecided.way == .exited(65) && undecided.errors.contains("there is no claim NONE"))
  }
}
