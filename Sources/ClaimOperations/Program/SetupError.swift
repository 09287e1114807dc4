/// The reason a run could not begin. Each description is one line that says what is wrong, where, and what to do about
/// it.
package enum SetupError: Error, Hashable, CustomStringConvertible {
  /// The command line asks for something impossible (exit 64).
  case usage(String)
  /// A named file is unusable (exit 65).
  case badInput(String)
  /// A store or a gateway cannot be reached (exit 69).
  case unavailable(String)

  package static let outOfDescriptors = SetupError.unavailable(
    "no more files can be opened; let this program open more of them (ulimit -n)")

  package var description: String {
    switch self {
    case .usage(let text), .badInput(let text), .unavailable(let text): text
    }
  }
}
