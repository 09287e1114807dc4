import BankSimulator
import Foundation
import TestSupport
import Testing

@Suite("Texts that databases may confuse with others", .temporaryFolder)
struct PoisonedTextTests {
  private static func claim(
    _ number: String, member: String = "HH1", npi: String = "1234567893", code: String = "G0463", day: Int = 1
  ) -> String {
    """
    {"kind":"professional","claim_number":"\(number)","payer":{"id":"SAMPLE01","name":"Sample"},"payer_sequence":"primary",\
    "frequency":"1","assigns_benefits":true,"facility_code":"11",\
    "charge":"180.00","billing_provider":{"name":"Clinic","npi":"\(npi)"},\
    "subscriber":{"member_id":"\(member)","name":{"last":"Marlowe","first":"Edda"},"birth_date":"1981-05-14"},\
    "diagnoses":["E119"],"lines":[{"code":"\(code)","code_qualifier":"HC","units":"1","charge":"180.00",\
    "service_dates":{"first":"2026-03-0\(day)","last":"2026-03-0\(day)"},\
    "diagnosis_pointers":[1]}]}

    """
  }

  @Test("composed and decomposed characters give one member and one payee, and the books agree")
  func composition() async throws {
    let office = try Office()
    let (composed, decomposed) = ("H\u{DC}1", "HU\u{308}1")
    let claims = [
      Self.claim("A1", member: composed, npi: composed),
      Self.claim("A2", member: decomposed, npi: decomposed, code: "J1885"),
      Self.claim("A3", member: composed, npi: decomposed, day: 4),
      Self.claim("A4", member: #"HU\u0308\u0031"#, code: "J1885", day: 4),
    ]
    try office.write(claims.joined(), to: "in.ndjson")
    let run = try await office.process("in.ndjson", "--enroll", "PPO", "--output", "json")
    #expect(run.way == .exited(0), "\(run.errors)")
    #expect(try run.reports().map(\.status) == Array(repeating: "paid", count: 4))
    try await office.verifiesClean()
    let payees = try await office.bank().transfers().map { Array($0.payeeReference.utf8) }
    #expect(payees == Array(repeating: Array(composed.utf8), count: 2))
    #expect(try await office.claims(["show", "A1"]).way == .exited(0))
    let again = try await office.process("in.ndjson", "--enroll", "PPO", "--output", "json")
    #expect(try again.reports().allSatisfy(\.replayed))
  }

  @Test("a NUL in one claim does not keep the others from being paid", arguments: [#"\u0000"#, #"12345\u000067893"#])
  func nul(npi: String) async throws {
    let office = try Office()
    try office.write(
      Self.claim("A1", npi: npi) + Self.claim("A2") + Self.claim("A3", member: "PO2001\(npi)X"), to: "a.ndjson")
    try office.write(SampleClaims.text, to: "b.837")
    let run = try await office.process("a.ndjson", "b.837", "--enroll", "PPO")
    #expect(run.way == .exited(65))
    #expect(run.complaints.filter { $0.contains("holds a control character") }.count == 2)
    try await office.verifiesClean()
    let references = try await office.bank().transfers().map(\.reference)
    #expect(references.count == Set(references).count && references.count >= 6)
  }
}
