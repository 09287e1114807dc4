import Foundation

/// A package of PyPI in a Python environment of its own below `.build`, installed at its first use.
package struct PythonEnvironment: Sendable {
  private let installed: Result<URL, any Error>

  package struct Missing: Error, CustomStringConvertible { package var description: String }

  /// - Parameters:
  ///   - requirement: the package and its version, as pip takes them: `pyx12==4.0.0`.
  ///   - name: the folder below `.build`.
  package init(_ requirement: String, in name: String) {
    installed = Result {
      let folder = Self.packageRoot.appending(path: ".build/\(name)")
      let setup = Process()
      setup.executableURL = URL(filePath: "/bin/bash")
      setup.arguments = [Self.script("Tests/Support/python-environment.sh"), folder.path, requirement]
      setup.standardInput = FileHandle.nullDevice
      try setup.run()
      setup.waitUntilExit()
      guard setup.terminationStatus == 0 else {
        throw Missing(
          description: "\(requirement) could not be installed; it needs python3 with venv, and the network once")
      }
      return folder
    }
  }

  /// Whether the package is available. In CI always true, so that the tests fail there if it is missing.
  package var isThere: Bool {
    (try? installed.get()) != nil || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  /// Returns the path of a program of the environment.
  ///
  /// - Throws: `Missing` if the package could not be installed.
  package func program(_ name: String) throws -> String {
    try installed.get().appending(path: "bin/\(name)").path
  }

  /// Returns the path of a script in the repository.
  package static func script(_ path: String) -> String { packageRoot.appending(path: path).path }

  private static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
