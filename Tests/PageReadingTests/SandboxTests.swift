import ClaimFormats
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import PageReading

/// The tool is a script that does what a tool does that has been taken over.
@Suite("A tool that reads bytes nobody vouches for is locked up", .pageTools, .temporaryFolder)
struct SandboxTests {
  private let folder: URL

  init() throws { folder = try #require(TemporaryFolderTrait.current) }

  private func run(
    _ script: String, isolation: Isolation? = nil, _ change: (inout PageLimits) -> Void = { _ in }
  ) async throws -> Result<String, ToolFailure> {
    let place = folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let tool = place.appending(path: "claims-image")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: tool)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
    var limits = PageLimits()
    // A shell starts processes, which no tool does.
    limits.processes = 10_000
    change(&limits)
    let tools = try await Tools.found(isolation, ownFolder: FilePath(place.path))
    let sandbox = Sandbox(tools: tools, limits: limits, clock: ContinuousClock())
    do {
      let output = try await sandbox.run(
        .image, ["first", "second"], on: [WorkFolder.fileName: Array("the file".utf8)],
        until: .now.advanced(by: .seconds(limits.fileSeconds)))
      return .success(String(decoding: output, as: UTF8.self))
    } catch { return .failure(error) }
  }

  private func reason(of result: Result<String, ToolFailure>) -> ToolFailure.Reason? {
    if case .failure(let failure) = result { failure.reason } else { nil }
  }

  @Test("it has its file, its arguments, no input, and nothing of our environment")
  func given() async throws {
    setenv("PAIDONCE_TEST_SECRET", "do-not-tell", 1)
    let said = try await run("cat; echo $1 $2; cat input; echo; env").get()
    let lines = said.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["first second", "the file"])
    // The shell itself adds where it is.
    #expect(Set(lines.dropFirst(2).map { String($0.prefix { $0 != "=" }) }) == ["LC_ALL", "OMP_THREAD_LIMIT", "PWD"])
  }

  @Test("it can write nothing into a file", arguments: [Isolation?.none, .limitsOnly])
  func writing(isolation: Isolation?) async throws {
    let script =
      "for f in ./x /tmp/x \"$HOME/x\" \(folder.path)/x; do (echo data > $f) 2>/dev/null; test -s $f && echo $f; done; echo end"
    let result = try await run(script, isolation: isolation)
    // A signal ends who writes beyond the limit of no bytes, unless there is no place to write to at all.
    if case .success(let said) = result { #expect(said == "end\n") }
    // Without bubblewrap a file can be begun, but nothing put into it.
    #expect((FileManager.default.contents(atPath: folder.appending(path: "x").path) ?? Data()).isEmpty)
  }

  @Test("it sees no network, no other process and no file of ours where bubblewrap is allowed")
  func walls() async throws {
    let tools = try await Tools.found()
    guard case .bubblewrap = tools.isolation else { return }
    let secret = folder.appending(path: "secret")
    try Data("secret".utf8).write(to: secret)
    #expect(try await run("cat /proc/net/dev | tail -n +3 | cut -d: -f1").get().filter { $0 != " " } == "lo\n")
    #expect(
      try await run("cat \(secret.path) /etc/passwd 2>/dev/null; ls -d /home /root /var/lib 2>/dev/null; true").get()
        == "")
    #expect(try await run("echo /proc/[0-9]*").get().split(separator: " ").count <= 4)
  }

  @Test("it is ended at its time, with all that it has started", arguments: [Isolation?.none, .limitsOnly])
  func time(isolation: Isolation?) async throws {
    // A number that no other process has among its arguments.
    let mark = "\(Int.random(in: 100_000_000...999_999_999))"
    let script = "trap '' TERM INT HUP; (trap '' TERM; sleep \(mark)) & sleep \(mark)"
    let result = try await run(script, isolation: isolation) { $0.runSeconds = 1 }
    #expect(reason(of: result) == .tooSlow(seconds: 1))
    // The kernel ends the processes of a group one by one; what it has not been told to end would sleep for years.
    var left = try Self.processes(with: mark)
    for _ in 0..<300 where !left.isEmpty {
      try await Task.sleep(for: .milliseconds(100))
      left = try Self.processes(with: mark)
    }
    #expect(left.isEmpty)
  }

  private static func processes(with word: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
      guard Int(process) != nil, let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
        return false
      }
      return words.split(separator: 0).contains { $0.elementsEqual(word.utf8) }
    }
  }

  @Test("whatever becomes of it is a reason, and its folder is gone")
  func endings() async throws {
    func left() -> Set<String> {
      let all =
        (try? FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)) ?? []
      return Set(all.filter { $0.hasPrefix("claims-page-") })
    }
    #expect(reason(of: try await run("exit 65")) == .refused(status: 65))
    #expect(reason(of: try await run("kill -SEGV $$")) == .killed(signal: 11))
    #expect(reason(of: try await run("exec yes") { $0.outputBytes = 1_000 }) == .tooMuchOutput(bytes: 1_000))
    let place = try await run("pwd").get().trimmingCharacters(in: .newlines)
    #expect(place.contains("claims-page-"))
    #expect(!left().contains(URL(filePath: place).lastPathComponent))
    let late = Sandbox(tools: try await Tools.found(), limits: PageLimits(), clock: ContinuousClock())
    await #expect(throws: ToolFailure(tool: .pdfinfo, reason: .tooSlow(seconds: PageLimits().fileSeconds))) {
      try await late.run(.pdfinfo, [], on: [:], until: .now)
    }
  }

  @Test("it has none of our open files")
  func descriptors() async throws {
    let said = try await run("for f in /proc/$$/fd/*; do readlink $f; done; true").get()
    // The shell has its script open.
    let own = ["/dev/null", "pipe:", "/claims-image"]
    #expect(said.split(separator: "\n").allSatisfy { line in own.contains { line.contains($0) } }, "\(said)")
  }

  @Test("folders of a process that was killed are removed by the next, but not what may still be in use")
  func abandoned() async throws {
    let folder = try WorkFolder(holding: [WorkFolder.fileName: Array("a form".utf8)])
    _ = try await PageTools(ownFolder: Tools.folder, isolation: .limitsOnly)
    #expect(FileManager.default.fileExists(atPath: folder.path.string))
    WorkFolder.removeAbandoned(before: .distantPast)
    #expect(FileManager.default.fileExists(atPath: folder.path.string))
    // Other tests are using theirs: only this one is as old as that.
    let old = Date(timeIntervalSince1970: 1_000)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: folder.path.string)
    _ = try await PageTools(ownFolder: Tools.folder, isolation: .limitsOnly)
    // Another test may be at it too, which then removes what is left of the folder.
    let deadline = ContinuousClock.now + .seconds(30)
    while FileManager.default.fileExists(atPath: folder.path.string), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path.string))
  }

  @Test("memory beyond the limit is refused to it")
  func memory() async throws {
    // The shell keeps a line of zeros of this length.
    let script = "x=$(head -c 300000000 /dev/zero | tr '\\0' a); echo ${#x}"
    let result = try await run(script) { $0.memoryBytes = 100 << 20 }
    #expect((try? result.get()) != "300000000\n")
  }

  @Test("what it prints is believed only if it is what it prints")
  func garbage() async throws {
    for output in [
      "", "page", "page 1 2 3 0 9 9 1\n", "page 1 10 10 0 1 1 99999999999\nab", "page 1 10 10 0 1 1 1\nabword 1\n",
    ] {
      #expect(StraightPage(Array(output.utf8), wordLimit: 100) == nil, "\(output)")
    }
    let word = "word 1 2 30 40 0 1 1\nglyph 0 900\nx"
    #expect(StraightPage(Array("page 1 10 10 0 1 1 1\nab\(word)".utf8), wordLimit: 100)?.typed.count == 1)
    #expect(StraightPage(Array("page 1 10 10 0 1 1 1\nab\(word)y".utf8), wordLimit: 100) == nil)
    #expect(StraightPage(Array("page 1 10 10 0 1 1 1\nab\(word)".utf8), wordLimit: 0) == nil)
    // A glyph that there is not.
    let far = word.replacing("glyph 0", with: "glyph 7")
    #expect(StraightPage(Array("page 1 10 10 0 1 1 1\nab\(far)".utf8), wordLimit: 100) == nil)
  }
}
