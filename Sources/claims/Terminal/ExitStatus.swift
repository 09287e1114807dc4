import ArgumentParser
import ClaimPipeline
import ClaimsApp
import DurableExecution

/// How commands end, by `sysexits.h`.
enum ExitStatus {
  static let checkFailed: Int32 = 1
  static let usage: Int32 = 64
  static let badInput: Int32 = 65
  static let unavailable: Int32 = 69
  static let ioError: Int32 = 74
  /// Asked to stop before all was done: not 0, or `claims process f && mv f done/` would lose the rest. 128 + SIGINT, as
  /// shells have it.
  static let interrupted: Int32 = 130

  /// Says on one line what went wrong, and gives the exit code for it.
  static func of(_ error: any Error) -> ExitCode {
    switch error {
    case let error as ExitCode:
      return error
    case let error as SetupError:
      Terminal.complain(error.description)
      switch error {
      case .usage: return ExitCode(usage)
      case .badInput: return ExitCode(badInput)
      case .unavailable: return ExitCode(unavailable)
      }
    case let error as RevisionRefusal:
      Terminal.complain(error.description)
      return ExitCode(badInput)
    case let error as StoreFailure:
      Terminal.complain(error.description)
      return ExitCode(unavailable)
    default:
      Terminal.complain("\(error)")
      return ExitCode(unavailable)
    }
  }
}
