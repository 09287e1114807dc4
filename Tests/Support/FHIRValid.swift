import Foundation
import Subprocess
import SystemPackage
package import Testing

/// fhir.resources, an independent model of FHIR R4B that resources are checked with. It is installed once into its own
/// environment below `.build`.
package enum FHIRValid {
  package static let environment = PythonEnvironment("fhir.resources==8.1.0", in: "fhirvalid")

  /// Returns what is wrong with each resource; empty where nothing is. One process reads all of them.
  package static func complaints(about resources: [[UInt8]]) async throws -> [String] {
    let texts = resources.map { String(decoding: $0, as: UTF8.self) }
    let run = try await Subprocess.run(
      .path(FilePath(environment.program("python"))),
      arguments: [PythonEnvironment.script("Tests/Support/fhirverdicts.py")],
      input: .array(Array(try JSONEncoder().encode(texts))),
      output: .bytes(limit: 1 << 26), error: .string(limit: 1 << 20))
    guard run.terminationStatus.isSuccess else { throw PythonEnvironment.Missing(description: run.standardError) }
    return try JSONDecoder().decode([String].self, from: Data(run.standardOutput))
  }
}

extension Trait where Self == ConditionTrait {
  package static var fhirvalid: Self {
    .enabled(
      if: FHIRValid.environment.isThere,
      "no fhir.resources: it needs python3 with venv, and the network once (make test-setup)")
  }
}
