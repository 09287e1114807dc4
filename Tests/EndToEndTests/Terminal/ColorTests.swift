import Testing

@Suite("Colors and progress are for terminals")
struct ColorTests {
  private static let escape = "\u{1B}"

  @Test("not on a terminal: no escape sequence on either stream, also with progress asked for in a short run")
  func piped() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837")
    #expect(run.text.contains("DEMO-001") && !run.text.contains(Self.escape) && !run.errors.contains(Self.escape))
  }

  @Test("on a terminal there are colors; NO_COLOR takes them away")
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

  @Test("--progress always: a line that is written over shows how far a long run is, and is gone at the end")
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
