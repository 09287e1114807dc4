import ClaimOperations
import Foundation
import TestSupport
import Testing

@Suite("Files are put away once, whole, and never over another", .temporaryFolder)
struct FinishedFilesTests {
  private let folder: URL

  init() throws { folder = try #require(TemporaryFolderTrait.current) }

  private func write(_ text: String, _ name: String) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func files(_ name: String) throws -> [String: String] {
    let root = folder.appending(path: name).path
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    var files: [String: String] = [:]
    for name in names {
      guard let data = FileManager.default.contents(atPath: "\(root)/\(name)"), !data.isEmpty else { continue }
      files[name] = String(decoding: data, as: UTF8.self)
    }
    return files
  }

  /// Takes note of the files of the inbox. The folder for finished files is `done` beside it, or another.
  private func inbox(done: String? = nil) throws -> (FinishedFiles, [ClaimSource]) {
    let path = done ?? folder.appending(path: "done").path
    let sources = try ClaimSource.sources([folder.appending(path: "inbox").path], movedTo: [path])
    let failed = try OutputFolder(path: folder.appending(path: "failed").path, option: "--failed")
    return (
      FinishedFiles(sources, done: try OutputFolder(path: path, option: "--done"), failed: failed), sources
    )
  }

  @Test("each goes where its worst claim sends it, under its path below the folder that was named")
  func verdicts() throws {
    for name in ["a", "clinic/b", "c"] { try write(name, "inbox/\(name)") }
    var (files, sources) = try inbox()
    files.note(.failed, of: sources[1].name)
    files.note(.done, of: sources[1].name)
    files.note(.failed, of: sources[2].name)
    files.note(.stays, of: sources[2].name)
    for source in sources { try files.finish(source.name) }
    #expect(sources.map(\.name).map { $0.split(separator: "/").last } == ["a", "c", "b"])
    #expect(try self.files("done") == ["a": "a"])
    #expect(try self.files("failed").values.sorted() == ["c"])
    let left = try self.files("inbox")
    #expect(left.values.sorted() == ["clinic/b"], "\(left)")
  }

  @Test("another file of that name stays, and the new one is told apart by its content")
  func taken() throws {
    try write("first", "done/a.837")
    try write("second", "inbox/a.837")
    var (files, sources) = try inbox()
    try files.finish(sources[0].name)
    let put = try self.files("done")
    #expect(put.count == 2 && put["a.837"] == "first", "\(put)")
    #expect(put.first { $0.key.wholeMatch(of: /a-[0-9a-f]{12}\.837/) != nil }?.value == "second", "\(put)")
    #expect(try self.files("inbox").isEmpty)

    // The same once more adds nothing.
    try write("second", "inbox/a.837")
    (files, sources) = try inbox()
    try files.finish(sources[0].name)
    #expect(try self.files("done") == put)
    #expect(try self.files("inbox").isEmpty)
  }

  @Test("a move that was cut off after the new name was given is finished by the next")
  func cutOff() throws {
    try write("claims", "inbox/a.837")
    try FileManager.default.createDirectory(at: folder.appending(path: "done"), withIntermediateDirectories: false)
    try #require(link(folder.appending(path: "inbox/a.837").path, folder.appending(path: "done/a.837").path) == 0)
    var (files, sources) = try inbox()
    try files.finish(sources[0].name)
    #expect(try self.files("done") == ["a.837": "claims"])
    #expect(try self.files("inbox").isEmpty)
  }

  @Test("a file that has changed since it was read stays, and the run says so")
  func changed() throws {
    try write("claims", "inbox/a.837")
    var (files, sources) = try inbox()
    try write("claims and more", "inbox/a.837")
    let error = try #require(throws: SetupError.self) { try files.finish(sources[0].name) }
    #expect("\(error)".contains("it has changed since it was read"), "\(error)")
    #expect(try self.files("inbox") == ["a.837": "claims and more"])
    #expect(try self.files("done").isEmpty)
  }

  @Test("across file systems it is copied whole, then removed")
  func otherFileSystem() throws {
    let other = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "paidonce-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: other) }
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    var (here, there) = (stat(), stat())
    try #require(stat(folder.path, &here) == 0 && stat(other.path, &there) == 0)
    // Both folders are on one file system where the machine has no memory file system.
    guard here.st_dev != there.st_dev else { return }
    let content = String(repeating: "claims ", count: 400_000)
    try write(content, "inbox/a.837")
    try Data("other".utf8).write(to: other.appending(path: "a.837"))
    var (files, sources) = try inbox(done: other.path)
    try files.finish(sources[0].name)
    let names = try FileManager.default.contentsOfDirectory(atPath: other.path).sorted()
    #expect(names.count == 2 && names.contains("a.837"), "no draft is left: \(names)")
    let copy = try #require(names.first { $0 != "a.837" })
    #expect(FileManager.default.contents(atPath: other.appending(path: copy).path) == Data(content.utf8))
    #expect(try self.files("inbox").isEmpty)
  }

  @Test("what is below a folder that files are moved to is not read, and naming it is refused")
  func leftOut() throws {
    for name in ["inbox/a", "inbox/done/b", "inbox/done-not/c"] { try write(name, name) }
    let inbox = folder.appending(path: "inbox").path
    let sources = try ClaimSource.sources([inbox, "\(inbox)/a"], movedTo: ["\(inbox)/done"])
    #expect(sources.map { $0.name.dropFirst(inbox.count + 1) } == ["a", "done-not/c"])
    for path in ["\(inbox)/done", "\(inbox)/done/b", "\(inbox)/../inbox/done/b"] {
      #expect(throws: SetupError.self) { try ClaimSource.sources([path], movedTo: ["\(inbox)/done"]) }
    }
    #expect(throws: SetupError.self) { try ClaimSource.sources([inbox], movedTo: [folder.path]) }
  }
}
