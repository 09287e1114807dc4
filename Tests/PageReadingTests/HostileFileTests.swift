import ClaimFormats
import Foundation
import PageReading
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite("Files that are made to hurt their reader", .pageTools, .temporaryFolder)
struct HostileFileTests {
  /// `make fuzz-forms` also reads ten thousand mutations.
  @Test("each is refused or read, in its time, and nothing is left behind")
  func hostile() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "PageTrial/hostile.py").path
    let made = try await Subprocess.run(
      .path("/usr/bin/env"), arguments: ["python3", script, folder.path, "--quick"],
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    #expect(made.terminationStatus.isSuccess, "\(made.standardError)")
    let files = made.standardOutput.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(files.count > 50)
    var limits = PageLimits()
    limits.runSeconds = 20
    let reader = try await Tools.reader(limits)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file[0])))
      let outcome: String
      do throws(FileFault) {
        outcome = try await reader.pages(of: bytes).isEmpty ? "nothing" : "read"
      } catch {
        outcome = "refused"
        // One line, and nothing of the file in it.
        #expect(error.description.allSatisfy { $0.isASCII && !$0.isNewline }, "\(file[0])")
        #expect(error.description.count < 200, "\(file[0]): \(error)")
      }
      #expect(outcome != "nothing" && (file[1] == "either" || file[1] == outcome), "\(file[0]): \(outcome)")
    }
  }
}
