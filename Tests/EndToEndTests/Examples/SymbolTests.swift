import Foundation
import Testing

@Suite("The public symbols of the libraries")
struct SymbolTests {
  @Test("are those on the lists in docs/api, so that none goes or changes unseen")
  func listed() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/symbols.py"], in: root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)\nwrite the lists anew: Tests/symbols.py write")
    let list = try String(contentsOf: root.appending(path: "docs/api/DurableExecution.txt"), encoding: .utf8)
    #expect(list.split(separator: "\n").count <= 90)
  }
}
