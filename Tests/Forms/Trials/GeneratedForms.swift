package import Foundation
import Subprocess
import SystemPackage

/// Forms drawn by the generator beside this file, each with its truth.
package enum GeneratedForms {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  private static let environment = folder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".build/forms").path

  package struct Missing: Error, CustomStringConvertible { package var description: String }

  /// Whether forms can be drawn and read. In CI the answer is always true, so that the tests fail there if they cannot.
  package static let areThere: Bool =
    (try? installed.get()) != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  private static let installed = Result { () throws -> String in
    let setup = Process()
    setup.executableURL = URL(filePath: "/bin/bash")
    setup.arguments = [folder.appending(path: "setup.sh").path, environment]
    setup.standardInput = FileHandle.nullDevice
    try setup.run()
    setup.waitUntilExit()
    guard setup.terminationStatus == 0 else {
      throw Missing(
        description: "what draws the forms could not be installed; it needs python3 with venv, and the network once")
    }
    return "\(environment)/bin/python"
  }

  /// Draws forms into a folder and returns the files, in order.
  ///
  /// - Parameter arguments: Those of `generate.py`, such as `--count 20 --look mixed`.
  package static func drawn(_ arguments: [String], into target: URL) async throws -> [URL] {
    let run = try await Subprocess.run(
      .path(FilePath(installed.get())),
      arguments: Arguments([folder.appending(path: "generate.py").path, target.path] + arguments),
      output: .discarded, error: .string(limit: 1 << 20))
    guard run.terminationStatus.isSuccess else { throw Missing(description: run.standardError) }
    return try FileManager.default.contentsOfDirectory(at: target, includingPropertiesForKeys: nil)
      .filter { !["json", "837"].contains($0.pathExtension) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
