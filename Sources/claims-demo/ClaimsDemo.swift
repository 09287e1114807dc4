import ArgumentParser
import ClaimsApp
import Foundation

/// Everything that does harm on purpose: it forgets, pays again and kills runs, and counts at the bank what came of it.
///
/// It works only on stores that it has made itself. `claims demo` starts it; no code of it is in `claims`.
@main
struct ClaimsDemo: AsyncParsableCommand {
  static func main() async {
    umask(0o077)
    await main(nil)
  }

  static let configuration = CommandConfiguration(
    commandName: "claims-demo",
    abstract: "Shows what durable execution prevents, in a folder of its own that is gone afterward.",
    subcommands: [DedupDemo.self, CrashDemo.self, Trial.self])
}

/// How demonstrations end, as `claims` does.
enum ExitStatus {
  static let checkFailed = ExitCode(1)
  static let usage = ExitCode(64)
  static let unavailable = ExitCode(69)

  /// Says on one line what went wrong, and gives the exit code for it.
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
