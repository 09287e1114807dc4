import Foundation
import Testing

/// To make the expected file, without the summary:
/// `claims process Fixtures/claims/demo.837 --received 2026-04-01 --ruleset samples --output json`.
@Suite("The sample claims are decided as in Fixtures/expected/demo.json, including ids and keys")
struct GoldenDecisionTests {
  private static let expected = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/expected/demo.json")

  private static let command = ["--ruleset", "samples", "--output", "json"]

  @Test("the decisions are equal byte for byte, with one job or several, in small batches or one")
  func decisions() async throws {
    let expected = try String(contentsOf: Self.expected, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(expected.count == 15)
    for split in [["--batch", "1", "--jobs", "1"], ["--batch", "4", "--jobs", "3"], []] {
      let office = try Office()
      try office.write(SampleClaims.text, to: "in.837")
      let run = try await office.claims(["process", "in.837"] + Self.command + Office.received + split)
      #expect(Array(run.jsonLines.dropLast()) == expected, "\(split)")
      try await office.verifiesClean("--ruleset", "samples")
    }
  }

  @Test("the last line is the summary")
  func summary() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    let summary = try #require(run.jsonLines.last)
    #expect(
      summary.wholeMatch(
        of:
          /\{"summary":\{"claims":15,"paid":7,"denied":6,"suspended":1,"rejected":1,"replaced":0,"unknown":0,"replayed":0,"amount_paid":"5341\.56","seconds":\d+(\.\d+)?\}\}/
      ) != nil, "\(summary)")
  }
}
