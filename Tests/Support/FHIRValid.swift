import Foundation
import Subprocess
import SystemPackage
package import Testing

/// fhir.resources, an independent model of FHIR R4B that resources are checked with. It is installed once into its own
/// environment below `.build`.
package enum FHIRValid {
  /// Whether it is available. In CI the answer is always true, so that the tests fail there if it is missing.
  package static let isThere: Bool =
    (try? installed.get()) != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  struct Missing: Error, CustomStringConvertible { var description: String }

  private static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let installed = Result { () throws -> String in
    let folder = packageRoot.appending(path: ".build/fhirvalid").path
    let setup = Process()
    setup.executableURL = URL(filePath: "/bin/bash")
    setup.arguments = [packageRoot.appending(path: "Tests/Support/fhirvalid-setup.sh").path, folder]
    setup.standardInput = FileHandle.nullDevice
    try setup.run()
    setup.waitUntilExit()
    guard setup.terminationStatus == 0 else {
      throw Missing(
        description: "fhir.resources could not be installed; it needs python3 with venv, and the network once")
    }
    return "\(folder)/bin/python"
  }

  /// Returns what is wrong with each resource; empty where nothing is. One process reads all of them.
  package static func complaints(about resources: [[UInt8]]) async throws -> [String] {
    let script = packageRoot.appending(path: "Tests/Support/fhirverdicts.py").path
    let texts = resources.map { String(decoding: $0, as: UTF8.self) }
    let run = try await Subprocess.run(
      .path(FilePath(installed.get())), arguments: [script], input: .array(Array(try JSONEncoder().encode(texts))),
      output: .bytes(limit: 1 << 26), error: .string(limit: 1 << 20))
    guard run.terminationStatus.isSuccess else { throw Missing(description: run.standardError) }
    return try JSONDecoder().decode([String].self, from: Data(run.standardOutput))
  }
}

extension Trait where Self == ConditionTrait {
  package static var fhirvalid: Self {
    .enabled(
      if: FHIRValid.isThere, "no fhir.resources: it needs python3 with venv, and the network once (make test-setup)")
  }
}
