import ClaimFormats
import Testing

@Suite("Only the broken claim is rejected: one line reports where and why, and the other claims are processed")
struct BrokenClaimTests {
  @Test("a broken claim in an 837 is reported with its place and reason", arguments: BrokenClaim.all)
  func x12(broken: BrokenClaim) async throws {
    let office = try Office()
    try office.write(broken.file(), to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    #expect(run.way == .exited(65))
    let lines = run.complaints.filter { $0.contains("claim \(broken.claim) is rejected: ") }
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    #expect(line.hasPrefix("claims: in.837: \(broken.place)"), "\(line)")
    #expect(line.contains("\(broken.said)") && line.hasSuffix("; correct it and send it again"), "\(line)")
    let reports = try run.reports()
    #expect(reports.filter { $0.status == "rejected" }.map(\.claimNumber) == [broken.claim, "DEMO-014"])
    #expect(reports.count == 15)
    try await office.verifiesClean()
  }

  @Test("a JSON claim with an unknown key is rejected, and the key is named")
  func unknownKey() async throws {
    let office = try Office()
    let claim = """
      {"kind": "professional", "claim_number": "J-1", "color": "red", "payer": {"id": "SAMPLE01", "name": "SAMPLE"}}
      """
    try office.write(claim, to: "claim.json")
    let run = try await office.process("claim.json")
    #expect(run.way == .exited(65))
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("record 1, color"), "\(run.errors)")
    try await office.verifiesClean()
  }

  @Test("of a claim with several faults, the line says where to find the rest, and the report has each")
  func severalFaults() async throws {
    let office = try Office()
    let claims = #"[{"kind": "professional", "claim_number": "J-1", "color": "red", "charge": "x"}, {}]"#
    try office.write(claims, to: "c.json")
    let run = try await office.process("c.json", "--output", "json")
    let first = try #require(run.complaints.first)
    let ending = " (`claims check` tells what else is wrong); correct it and send it again"
    #expect(first.hasSuffix(ending), "\(first)")
    let reasons = try run.reports().compactMap(\.reason)
    let places = reasons.map { [$0.location] + ($0.further ?? []).map(\.location) }
    #expect(places.allSatisfy { 2...11 ~= $0.count && Set($0).count == $0.count }, "\(reasons)")
    #expect(reasons.first?.further?.contains { $0.location == "record 1, charge" } == true, "\(reasons)")
  }

  @Test("a claim with 10,000 lines is rejected")
  func manyLines() async throws {
    let line = "LX*1~\nSV1*HC:G0463*180*UN*1***1~\nDTP*472*D8*20260302~\n"
    let lines = (1...10_000).map { "LX*\($0)~\nSV1*HC:G0463*1*UN*1***1~\nDTP*472*D8*20260302~\n" }.joined()
    let office = try Office()
    let text = try SampleClaims.replacing(
      ("CLM*DEMO-001*180*", "CLM*DEMO-001*10000*"), ("SE*213*", "SE*\(213 + 9_999 * 3)*"))
    let first = try #require(text.firstRange(of: line))
    try office.write(String(text[..<first.lowerBound] + lines + text[first.upperBound...]), to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    #expect(run.way == .exited(65))
    let rejected = try run.reports().filter { $0.status == "rejected" }
    #expect(rejected.map(\.claimNumber) == ["DEMO-001", "DEMO-014"])
    #expect(
      rejected.first?.reason?.text.contains("loop 2400 stands more often") == true,
      "\(String(describing: rejected.first?.reason))")
    #expect(run.complaints.filter { $0.contains("DEMO-001") }.count == 1)
    try await office.verifiesClean()
  }
}
