import Foundation
import Testing

@Suite(
  "Whatever the bytes are: no crash, no hang, at most 200 MB, no output that acts on a terminal, no double payment")
struct FuzzTests {
  /// `make fuzz SEED=n COUNT=n` runs more mutations.
  @Test("a few hundred mutations of the fixtures run through every reader, and a batch of them through the program")
  func mutations() async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let office = try Office()
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures").path
    let run = try await Program.run(
      Program.path(of: "claims-fuzz"),
      ["--seed", "\(seed)", "--count", "600", "--batch-every", "600", "--fixtures", fixtures, "--out", "found"],
      in: office.folder)
    print(run.text.split(separator: "\n").last ?? "")
    #expect(run.way == .exited(0), "seed \(seed): \(run.text) \(run.errors)")
    #expect(run.text.contains("600 inputs, 1 batches"))
  }
}
