import ArgumentParser
import ClaimsApp
import Foundation

/// Does harm on purpose: it forgets work, pays again, and kills runs, then counts the effects at the bank.
///
/// It works only on stores that it created itself. `claims demo` starts it; none of its code is in `claims`.
@main
struct ClaimsDemo: AsyncParsableCommand {
  static func main() async {
    umask(0o077)
    await main(nil)
  }

  static let configuration = CommandConfiguration(
    commandName: "claims-demo",
    abstract: "Shows what durable execution prevents, in a folder of its own that is gone afterward.",
    subcommands: [DedupDemo.self, CrashDemo.self, RoadsDemo.self, Trial.self])
}

/// The exit codes of demonstrations, which match those of `claims`.
enum ExitStatus {
  static let checkFailed = ExitCode(1)
  static let usage = ExitCode(64)
  static let unavailable = ExitCode(69)

  /// Prints one line about what went wrong, and returns the exit code for it.
  static func of(_ error: any Error) -> ExitCode {
    if let error = error as? ExitCode { return error }
    FileHandle.standardError.write(Data("claims-demo: \(error)\n".utf8))
    return error is ForeignStore ? usage : unavailable
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }

  func padded(toRight width: Int) -> String { String(repeating: " ", count: max(width - count, 1)) + self }
}
