import Foundation
import Testing

@Suite("The README and the docs say what the program does")
struct PageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  @Test("every command on the pages runs as printed and prints what the page says, and the README stays short")
  func blocks() async throws {
    let run = try await Program.run(
      "/usr/bin/env", ["python3", "Tests/Docs/run_blocks.py", "--program", try Program.path()], in: Self.root)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
    // A runner that found no blocks would fail nothing.
    let compared = try #require(run.text.firstMatch(of: /(\d+) blocks compared/))
    #expect((Int(compared.1) ?? 0) > 30, "\(run.text)")
  }

  @Test("a page that says something else than the program prints is found, and so is a block that nothing checks")
  func wrong() async throws {
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/Docs/self_test.py"], in: Self.root)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
  }

  @Test("each alert is explained on the page for operators")
  func alerts() throws {
    let rules = try String(contentsOfFile: "\(Self.root)/Deployment/prometheus/alerts.yml", encoding: .utf8)
    let page = try String(contentsOfFile: "\(Self.root)/docs/operations.md", encoding: .utf8)
    let names = rules.matches(of: /- alert: (\w+)/).map { String($0.1) }
    #expect(names.count > 5, "\(names)")
    for name in names { #expect(page.contains("| `\(name)` |"), "\(name)") }
  }
}
