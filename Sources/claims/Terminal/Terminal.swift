import ClaimFormats
import Foundation

/// What the streams of this process are connected to.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The number of columns of the terminal behind standard output; nil when there is none.
  static var width: Int? {
    var size = winsize()
    guard isTerminal(STDOUT_FILENO) else { return nil }
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// Returns whether to use color: only on a terminal, and not when `NO_COLOR` is set (https://no-color.org).
  static func showsColor(on descriptor: Int32) -> Bool {
    let wish = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return isTerminal(descriptor) && wish.isEmpty
  }

  /// Prints one or more lines to standard error. If that fails (a full disk, a closed stream), work goes on. Text from
  /// outside may be of any length, so each line is cut.
  static func complain(_ line: String) {
    let lines = line.displayedLines.split(separator: "\n", omittingEmptySubsequences: false)
    tell("claims: " + lines.map { $0.shortened(to: lineLimit) }.joined(separator: "\n") + "\n")
  }

  /// Names a file of a folder that is about something else than claims.
  static func passOver(_ source: String, _ fault: FileFault) {
    complain("passed over: \(source.displayed): \(fault.what)")
  }

  /// The maximum number of columns of a complaint.
  private static let lineLimit = 1_000

  /// Writes text to standard error unchanged.
  static func tell(_ text: String) { _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}

extension Int {
  /// The number with separators, such as 1,234,567.
  var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// Returns text such as "1 claim" or "1,234 claims".
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
