import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("Hostile plan, member and table files")
struct HostileFileTests {
  private static let header =
    "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"

  private func members(_ id: String) throws -> [Member] {
    let row = "\(id),,Marisol,Quennell,1984-05-12,self,PPO,2026-01-01,\n"
    return try MemberFile(Samples.file("members.csv", Self.header + row), plans: [PlanID("PPO")]).members()
  }

  @Test(
    "A control character in a value is refused, in CSV and in YAML",
    arguments: ["\0", "\u{1B}[31m", "\u{7F}", "\u{9B}31m"])
  func controls(control: String) throws {
    let error = #expect(throws: PlanFileError.self) { try members("\"A1\(control)X\"") }
    #expect(
      error?.description
        == "members.csv:2: a value holds a line break or another control character; write it without")
    let plan = Samples.plan.replacing("name: Tiny plan", with: "name: \"Tiny \(control) plan\"")
    #expect(throws: PlanFileError.self) {
      try PlanFile(Samples.file("t.yaml", plan), feeSchedules: ["standard"]).plan()
    }
  }

  @Test(
    "An escaped control character in YAML and a text over several lines are refused",
    arguments: [
      "\"Tiny \\x00 plan\"", "\"Tiny \\e[31m plan\"", "\"Tiny \\u009B plan\"", "|\n  Tiny\n  plan",
    ])
  func escapedControls(written: String) throws {
    let plan = Samples.plan.replacing("name: Tiny plan", with: "name: \(written)")
    let error = #expect(throws: PlanFileError.self) {
      try PlanFile(Samples.file("t.yaml", plan), feeSchedules: ["standard"]).plan()
    }
    #expect(error?.reason == "a text holds a line break or another control character")
  }

  @Test("A line break within quotes is refused too", arguments: ["\n", "\r", "\t"])
  func lineBreaks(control: String) throws {
    #expect(throws: PlanFileError.self) { try members("\"A1\(control)X\"") }
  }

  @Test("Composed and decomposed characters give the same member")
  func composition() throws {
    let bytes = try ["HU\u{308}H1", "H\u{DC}H1"].map { try members($0).map { Array($0.id.text.utf8) } }
    #expect(bytes[0] == bytes[1])
  }

  @Test(
    "Anchors in YAML are refused before they are followed",
    arguments: [
      "a: &a [x]", "- *a", "{k: *a}", "[*a]", "? *a\n: 1", "a: !!seq &a [x]", "k: ['x', \"y\", *a]",
      "k: [a 'b, *c, d' e]",
      "k: \"x\ny\", b: *a",
    ])
  func references(text: String) throws {
    let error = #expect(throws: PlanFileError.self) {
      try PlanFile(Samples.file("t.yaml", text), feeSchedules: ["standard"]).plan()
    }
    #expect(error?.reason.contains("not read") == true || error?.reason.contains("not closed") == true)
  }

  @Test("A text that only looks like an anchor is read")
  func noReferences() throws {
    for name in ["R & D", "'R &D'", "\"*best*\"", "R&D # of *all*"] {
      let text = Samples.plan.replacing("name: Tiny plan", with: "name: \(name)")
      _ = try PlanFile(Samples.file("t.yaml", text), feeSchedules: ["standard"]).plan()
    }
  }

  @Test("A CMS table with a control character in a value is refused; line breaks in its headings are allowed")
  func tables() throws {
    let codes = "code\n11\n21\n22\n23\n81\n"
    #expect(try TableImport().read(Array(codes.utf8), name: "pos.txt").editions.map(\.rows) == [5])
    for control in ["\u{1B}[31m", "\u{7F}", "\u{9B}"] {
      let text = codes.replacing("22", with: "22,\"hospital \(control)\"")
      #expect(throws: PlanFileError.self) { try TableImport().read(Array(text.utf8), name: "pos.txt") }
    }
    let broken = codes.replacing("code", with: "\"code of\nthe place\"").replacing("22", with: "22,\"caf\u{E9}\"")
    #expect(try TableImport().read(Array(broken.utf8) + [0x1A], name: "pos.txt").editions.map(\.rows) == [5])
  }

  @Test(
    "A number of any length is refused without ending the program",
    arguments: [
      String(repeating: "9", count: 18), String(repeating: "9", count: 400), "9999999999999999.9999",
      "0." + String(repeating: "0", count: 400) + "1",
    ])
  func longNumbers(number: String) {
    #expect(RelativeValue(parsing: number) == nil && ConversionFactor(parsing: number) == nil)
    #expect(PracticeCostIndex(parsing: number) == nil && AnnualRate(parsing: number) == nil)
  }

  @Test("Leading and trailing zeros do not change a number")
  func paddedNumbers() {
    #expect(
      ConversionFactor(parsing: String(repeating: "0", count: 40) + "9999.9999000000000000000000")?.scaled == 99_999_999
    )
  }
}
