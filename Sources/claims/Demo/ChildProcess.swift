import Foundation
import Subprocess
import SystemPackage

/// Another process of this same program.
enum ChildProcess {
  enum Ending: Hashable {
    case exited(Int)
    case killed(signal: Int)
  }

  struct Outcome {
    let ending: Ending
    let output: String
    let errors: String
  }

  /// - Throws: `SubprocessError` when it cannot be started.
  static func run(_ arguments: [String]) async throws -> Outcome {
    let record = try await Subprocess.run(
      .path(executable), arguments: Arguments(arguments), output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20))
    let ending: Ending =
      switch record.terminationStatus {
      case .exited(let code): .exited(Int(code))
      case .signaled(let number): .killed(signal: Int(number))
      }
    return Outcome(ending: ending, output: record.standardOutput, errors: record.standardError)
  }

  private static var executable: FilePath {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return FilePath(own ?? CommandLine.arguments[0])
  }
}
