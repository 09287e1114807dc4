import Foundation
import TestSupport
import Testing

@Suite("No foreign text acts on a terminal", .temporaryFolder)
struct HostileWordsTests {
  /// Texts that act on a terminal and that an input may contain. A control character is refused; a mark that changes
  /// the direction of text is accepted, since names in some scripts need one.
  private static let words = ["\u{1B}[2J", "\u{9B}31m", "\u{7F}", "\u{202E}evil", "\u{2066}evil", "\u{61C}"]

  private static func isSafe(_ ended: Ended) -> Bool {
    (ended.text + ended.errors).unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || !(scalar.properties.generalCategory == .control
          || [0x061C, 0x200E, 0x200F, 0x2028, 0x2029].contains(scalar.value)
          || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value))
    }
  }

  @Test("a claim's number and names are safe in every command and format that prints them", arguments: words)
  func claim(word: String) async throws {
    let office = try Office()
    let text = SampleClaims.text.replacing("DEMO-001*", with: "DEMO-001\(word)*")
    try office.write(text.replacing("DEMO-013*", with: "DEMO-013\(word)*"), to: "in.837")
    let runs = [
      try await office.process("in.837"), try await office.process("in.837", "--output", "json"),
      try await office.claims(["show", "DEMO-001\(word)"]),
      try await office.claims(["show", "DEMO-001\(word)", "--output", "json"]),
      try await office.claims(["suspense"]), try await office.claims(["suspense", "list", "--output", "json"]),
      try await office.claims(["suspense", "show", "DEMO-013\(word)"]), try await office.claims(["keys", "list"]),
    ]
    for run in runs { #expect(Self.isSafe(run), "\(run.text.debugDescription) \(run.errors.debugDescription)") }
    if word.hasSuffix("evil") {
      #expect(runs[1].text.contains("DEMO-001\\u20"), "the text is escaped and not lost")
      #expect(runs[1].jsonLines.allSatisfy { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) != nil })
    }
  }

  @Test("a long word is truncated before it is reported")
  func length() async throws {
    let office = try Office()
    try office.write("{\"\(String(repeating: "Z", count: 200_000))\": 1}", to: "in.json")
    try office.writePlans(to: "rules")
    let plan = try office.text(of: "rules/plans/PPO.yaml")
    try office.write(plan + "\(String(repeating: "q", count: 50_000)): 1\n", to: "rules/plans/PPO.yaml")
    let run = try await office.process("in.json")
    let planRun = try await office.process("in.json", "--plans", "rules")
    #expect(!planRun.complaints.isEmpty && planRun.complaints.allSatisfy { $0.count <= 1_010 })
    #expect(!run.complaints.isEmpty && run.complaints.allSatisfy { $0.count <= 1_010 })
  }

  @Test(
    "errors are safe to print, with names of files, columns and keys, codes of an 834, and words of the command line",
    arguments: words)
  func errors(word: String) async throws {
    let office = try Office()
    try office.write("no claims", to: "in\(word).837")
    try office.write("{\"kind\(word)\": 1}", to: "key.json")
    try office.writePlans(to: "csv")
    try office.write("code,\(word),amount\n", to: "csv/fees/other.csv")
    try office.writePlans(to: "yaml")
    try office.write("na\(word)me: x\n", to: "yaml/plans/other.yaml")
    try office.write("a,\(word)\n1,2\n", to: "table\(word).csv")
    let person = EnrollmentFile.subscriber("021", "PO1", "HD*021**\(word)*\(word)", "DTP*348*D8*20260101")
    try office.write(EnrollmentFile(people: person).text, to: "members.834")
    for command in [
      ["process", "in\(word).837"], ["process", "key.json"], ["check\(word)"], ["show", word], ["replay", word],
      ["process", "key.json", "--plans", "csv"], ["process", "key.json", "--plans", "yaml"],
      ["process", "key.json", "--plans", "absent\(word)"], ["process", "key.json", "--enroll", word],
      ["process", "absent\(word)"], ["process", "key.json", "--received", word],
      ["process", "key.json", "--payer", word],
      ["rules", "import", "--into", "rules", "table\(word).csv"], ["enroll", "members.834"],
      ["remit", "verify", "in\(word).837"], ["eligibility", "in\(word).837", "--out", "out"],
      ["verify", "--store", "sqlite:\(word)/x.db"],
    ] {
      let run = try await office.claims(command)
      #expect(run.way != .exited(0) || command[0] == "enroll", "\(command)")
      #expect(Self.isSafe(run), "\(command): \(run.text.debugDescription) \(run.errors.debugDescription)")
    }
  }

  @Test(
    "the password in an invalid address is not printed",
    arguments: [
      ["--store", "postgre://me:hunter2@host/claims"], ["--store", "postgres://me:hunter2@host:p%/claims"],
      ["--store", "postgres://me:hunter2%@host/claims"], ["--store", "postgres://me:x@hunter2@host/claims"],
      ["--store", "me:hunter2@host"], ["--store=hunter2"], ["--cache", "redis://me:hunter2@host:x"],
      ["--cache", "rediss://me:hunter2@host"], ["--cache", "hunter2"], ["--gateway", "http://me:hunter2@bank"],
      ["--gateway", "hunter2:x@bank"],
    ])
  func passwords(options: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims(["process", "in.837"] + options)
    #expect(run.way == .exited(64))
    #expect(!(run.text + run.errors).contains("hunter2"), "\(run.errors)")
  }
}
