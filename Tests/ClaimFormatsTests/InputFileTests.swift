import ClaimFormats
import Foundation
import Testing

@Suite("Every kind of file can be read twice")
struct InputFileTests {
  @Test("a pipe is spooled, so that it can be checked before it is read")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "claims-pipe-\(UUID().uuidString)").path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let bytes = try Fixture.bytes("professional.x12")
    Thread.detachNewThread {
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data(bytes))
    }
    var reader = try ClaimFileReader(try InputFile(path: path))
    var count = 0
    while try reader.next() != nil { count += 1 }
    #expect(count == 2)
  }

  @Test("a folder or a missing file is refused in one line")
  func unreadable() throws {
    let folder = FileManager.default.temporaryDirectory.path
    #expect { try InputFile(path: folder) } throws: { "\($0)".hasSuffix("is a folder, not a file") }
    #expect(throws: InputError.self) { try InputFile(path: folder + "/no-such-file-of-claims") }
  }
}
