package import Foundation
import Subprocess
import SystemPackage
package import Testing

/// pyx12's `x12valid`, an independent validator of files against the guides. It is installed once into its own
/// environment below `.build`.
package enum X12Valid {
  package static let environment = PythonEnvironment("pyx12==4.0.0", in: "x12valid")

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
      .path(FilePath(environment.program("x12valid"))), arguments: ["--quiet", "--json-output", name],
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
    let run = try await Subprocess.run(
      .path(FilePath(environment.program("python"))),
      arguments: [PythonEnvironment.script("Tests/Support/x12verdicts.py"), inbox.path],
      output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 24))
    guard run.terminationStatus.isSuccess else { throw PythonEnvironment.Missing(description: run.standardError) }
    let lines = run.standardOutput.split(separator: UInt8(ascii: "\n"))
    let verdicts = try lines.map { try JSONDecoder().decode(Verdict.self, from: Data($0)) }
    return Dictionary(uniqueKeysWithValues: verdicts.map { ($0.file, $0.accepted) })
  }
}

extension Trait where Self == ConditionTrait {
  package static var x12valid: Self {
    .enabled(
      if: X12Valid.environment.isThere, "no pyx12: it needs python3 with venv, and the network once (make test-setup)")
  }
}
