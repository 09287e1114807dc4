import Foundation
import Subprocess
import SystemPackage

/// Runs one of the two programs, which are built into the same folder, as a child process.
enum ChildProcess {
  enum Program: String {
    case claims
    case demo = "claims-demo"
  }

  enum Ending: Hashable {
    case exited(Int)
    case killed(signal: Int)
  }

  struct Outcome {
    let ending: Ending
    let output: String
    let errors: String
  }

  /// - Throws: `DemoError.notBuilt`; `SubprocessError` when the process cannot be started.
  static func run(_ program: Program, _ arguments: [String]) async throws -> Outcome {
    let path = folder.appending(path: program.rawValue).path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw DemoError.notBuilt(path) }
    let record = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments), output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20))
    let ending: Ending =
      switch record.terminationStatus {
      case .exited(let code): .exited(Int(code))
      case .signaled(let number): .killed(signal: Int(number))
      }
    return Outcome(ending: ending, output: record.standardOutput, errors: record.standardError)
  }

  /// Whether a program is installed.
  static func has(_ program: String) async -> Bool {
    (try? await Executable.name(program).resolveExecutablePath(in: .inherit)) != nil
  }

  /// Draws the page of a PDF as a scanner sees it, as `PICTURE.png`.
  ///
  /// - Throws: `DemoError.noPicture`; `SubprocessError` when the program is not installed.
  static func draw(_ pdf: String, as picture: String) async throws {
    let record = try await Subprocess.run(
      .name("pdftoppm"), arguments: ["-r", "300", "-gray", "-png", "-singlefile", pdf, picture], output: .discarded,
      error: .string(limit: 1 << 16))
    guard record.terminationStatus.isSuccess else { throw DemoError.noPicture(record.standardError) }
  }

  private static var folder: URL {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: own ?? CommandLine.arguments[0]).deletingLastPathComponent()
  }
}
