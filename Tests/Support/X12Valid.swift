package import Foundation
import Subprocess
import SystemPackage
package import Testing

/// pyx12's `x12valid`, which holds a file against the guides and was written by others. It is put into an environment of
/// its own below `.build`, once.
package enum X12Valid {
  /// Nil where it could not be had, which is only let pass on a machine that is not the CI.
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

  /// Those of these files that it does not accept, each with what it says of it.
  package static func refused(_ files: [String: [UInt8]], in folder: URL) async throws -> [String: String] {
    var refused: [String: String] = [:]
    for (name, bytes) in files {
      let said = try await complaints(about: bytes, in: folder)
      if !said.isEmpty { refused[name] = String(said.prefix(2_000)) }
    }
    return refused
  }

  /// What it says of a file: empty when it accepts it, else its complaints.
  ///
  /// Its own 999 of an 835 cannot be made, since that guide has no ST03 and pyx12 wants one; it says so and goes on, and
  /// the verdict stands. So the verdict line counts, and the complaints are read from its JSON.
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

  /// Whether it accepts each of many files, which it reads in one process.
  ///
  /// - Parameter files: by name.
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
