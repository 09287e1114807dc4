import Testing

@Suite("Colors and progress are for terminals")
struct ColorTests {
  private static let escape = "\u{1B}"

  @Test("output that is not a terminal contains no escape sequences on either stream")
  func piped() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837")
    #expect(run.text.contains("DEMO-001") && !run.text.contains(Self.escape) && !run.errors.contains(Self.escape))
  }

  @Test("a terminal gets colors; NO_COLOR removes them")
  func terminal() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let command = "$CLAIMS process in.837 --received 2026-04-01 --progress never"
    let colored = try await office.shell("unset NO_COLOR; script -qec \"\(command)\" /dev/null")
    #expect(colored.way == .exited(65))
    #expect(colored.text.contains("DEMO-001") && colored.text.contains("\(Self.escape)["))
    let plain = try await office.shell("NO_COLOR=1 script -qec \"\(command)\" /dev/null")
    #expect(plain.text.contains("DEMO-001") && !plain.text.contains(Self.escape))
  }

  @Test("a terminal gets a list of claims with a header, a program gets claims alone")
  func header() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let seen = try await office.shell("script -qec \"$CLAIMS list --limit 1\" /dev/null")
    let lines = seen.text.split(whereSeparator: \.isNewline)
    try #require(lines.count > 1, "\(seen.text)\(seen.errors)")
    #expect(lines[0].hasPrefix("received    claim                     number        status"), "\(seen.text)")
    let piped = try await office.claims(["list", "--limit", "1"])
    #expect(lines[1].hasPrefix(piped.text.split(separator: "\n")[0]), "\(seen.text)")
    #expect(piped.text.split(separator: "\n")[0].contains("CLM-"), "\(piped.text)")
  }

  @Test("--progress always: one line that is overwritten shows the progress of a long run, and is removed at the end")
  func progress() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 1_500, seed: 31).text, to: "many.837")
    let command =
      "$CLAIMS process many.837 --enroll PPO --received 2026-04-01 --progress always --output json --batch 20"
    let run = try await office.shell("script -qec \"\(command) > out.json\" /dev/null")
    #expect(run.way == .exited(0), "\(run.text)")
    #expect(run.text.contains("\r\(Self.escape)[2K") && run.text.contains(" claims, ") && run.text.contains("%"))
    #expect(run.text.hasSuffix("\r\(Self.escape)[2K"))
    #expect(try office.text(of: "out.json").split(separator: "\n").count == 1_501)
  }
}
