package import Foundation
import Subprocess
import SystemPackage
package import Testing

/// pyx12's `x12valid`, an independent validator of files against the guides. It is installed once into its own
/// environment below `.build`.
package enum X12Valid {
  /// Whether pyx12 is available. In CI the answer is always true, so that the tests fail there if it is missing.
  package static let isThere: Bool =
    (try? installed.get()) != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  struct Missing: Error, CustomStringConvertible { var description: String }

  private static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let folder = packageRoot.appending(path: ".build/x12valid").path

  private static let installed = Result { () throws -> String in
    let setup = Process()
    setup.executableURL = URL(filePath: "/bin/bash")
    setup.arguments = [packageRoot.appending(path: "Tests/Support/x12valid-setup.sh").path, folder]
    setup.standardInput = FileHandle.nullDevice
    try setup.run()
    setup.waitUntilExit()
    guard setup.terminationStatus == 0 else {
      throw Missing(description: "pyx12 could not be installed; it needs python3 with venv, and the network once")
    }
    return "\(folder)/bin/x12valid"
  }

  /// Returns the files that pyx12 does not accept, each with its complaints.
  package static func refused(_ files: [String: [UInt8]], in folder: URL) async throws -> [String: String] {
    var refused: [String: String] = [:]
    for (name, bytes) in files {
      let said = try await complaints(about: bytes, in: folder)
      if !said.isEmpty { refused[name] = String(said.prefix(2_000)) }
    }
    return refused
  }

  /// Returns the complaints about a file; empty if pyx12 accepts it.
  ///
  /// pyx12 cannot write its own 999 for an 835: the guide has no ST03, and pyx12 expects one. It reports that and
  /// continues, and its verdict remains valid. The verdict line therefore decides, and the complaints are read from the
  /// JSON.
  package static func complaints(about bytes: [UInt8], in folder: URL) async throws -> String {
    let name = "\(UUID().uuidString).x12"
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    let run = try await Subprocess.run(
      .path(FilePath(installed.get())), arguments: ["--quiet", "--json-output", name],
      workingDirectory: FilePath(folder.path), output: .string(limit: 1 << 20), error: .string(limit: 1 << 24))
    let said = run.standardError
    if said.contains("\(name): OK") { return "" }
    let json = (try? String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)) ?? ""
    return "\(said)\n\(json)"
  }
}

extension X12Valid {
  private struct Verdict: Decodable {
    let file: String
    let accepted: Bool
  }

  /// Returns whether pyx12 accepts each of many files. One process reads all of them.
  ///
  /// - Parameter files: the files' bytes, by name.
  package static func verdicts(on files: [String: [UInt8]], in folder: URL) async throws -> [String: Bool] {
    let inbox = folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: inbox.appending(path: name)) }
    let script = packageRoot.appending(path: "Tests/Support/x12verdicts.py").path
    let run = try await Subprocess.run(
      .path(FilePath("\(Self.folder)/bin/python")), arguments: [script, inbox.path],
      output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 24))
    guard run.terminationStatus.isSuccess else { throw Missing(description: run.standardError) }
    let lines = run.standardOutput.split(separator: UInt8(ascii: "\n"))
    let verdicts = try lines.map { try JSONDecoder().decode(Verdict.self, from: Data($0)) }
    return Dictionary(uniqueKeysWithValues: verdicts.map { ($0.file, $0.accepted) })
  }
}

extension Trait where Self == ConditionTrait {
  package static var x12valid: Self {
    .enabled(if: X12Valid.isThere, "no pyx12: it needs python3 with venv, and the network once (make test-setup)")
  }
}
