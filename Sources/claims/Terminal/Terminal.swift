import ClaimFormats
import Foundation

/// What the streams of this process are connected to.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal behind standard output; 100 where there is none.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// Colours only on a terminal, and not where somebody said that they want none (https://no-color.org).
  static func showsColor(on descriptor: Int32) -> Bool {
    let wish = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return isTerminal(descriptor) && wish.isEmpty
  }

  /// One line to standard error, or several. Where nobody can hear it (a full disk, a closed stream), work goes on.
  /// What somebody else has written may be of any length, so each line is cut.
  static func complain(_ line: String) {
    let lines = line.displayedLines.split(separator: "\n", omittingEmptySubsequences: false)
    tell("claims: " + lines.map { $0.shortened(to: lineLimit) }.joined(separator: "\n") + "\n")
  }

  /// Columns of a complaint.
  private static let lineLimit = 1_000

  /// To standard error, as it is.
  static func tell(_ text: String) { _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}
