/// Why a run could not begin. Each is one line that says what, where, and what to do about it.
package enum SetupError: Error, Hashable, CustomStringConvertible {
  /// The command line asks for something that cannot be (exit 64).
  case usage(String)
  /// A file that was named is not fit to work with (exit 65).
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
