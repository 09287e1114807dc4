import ClaimFormats
import Foundation
import Testing

@Suite("The plain-text letter matches the file under Fixtures/expected")
struct EOBGoldenTests {
  @Test(arguments: EOBSamples.all.map(\.name))
  func readsAsExpected(_ name: String) throws {
    let text = EOBText().text(try EOBLetter(try EOBSamples.named(name)))
    let file = Self.expected.appending(path: "\(name).txt")
    // After changing the wording, run once with UPDATE_EXPECTED=1, and review the difference before committing it.
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  private static let expected = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/expected", directoryHint: .isDirectory)
}
