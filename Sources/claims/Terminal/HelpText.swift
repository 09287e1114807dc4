import Foundation

/// The help of a command, broken to the width of a terminal. A line that goes on keeps its indent, so that options stay
/// under options and examples can be told from text.
enum HelpText {
  /// Wider than any line of help. The argument parser breaks lines without regard to their indent, so it is asked for whole
  /// lines.
  static let wholeLines = 100_000

  /// The column at which the argument parser begins to explain an option.
  private static let explanation = 26

  /// The columns to break help at: `COLUMNS`, else the terminal's, else 80.
  static let width: Int = {
    let given = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    return max(40, given ?? Terminal.width ?? 80)
  }()

  /// Has the argument parser write whole lines wherever it writes help: it ends the program where a terminal is narrow.
  static func prepare() {
    _ = width
    setenv("COLUMNS", "\(wholeLines)", 1)
  }

  /// Whether a text is the help of a command, and not its version, a completion script, or a description for programs.
  static func isHelp(_ text: String) -> Bool { text.hasPrefix("OVERVIEW: ") }

  static func wrapped(_ text: String, to width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0, to: width) }.joined(separator: "\n")
  }

  private static func line(_ line: Substring, to width: Int) -> String {
    guard line.count > width else { return String(line) }
    let hanging = String(repeating: " ", count: min(indent(after: line), width / 2))
    let lead = line.prefix { $0 == " " }
    var lines: [String] = []
    var current = String(lead)
    var isEmpty = true
    for word in line.dropFirst(lead.count).split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, !word.isEmpty, current.count + 1 + word.count > width {
        lines.append(current)
        (current, isEmpty) = (hanging, true)
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [current]).map(\.withoutEnd).joined(separator: "\n")
  }

  /// The columns by which the rest of a line is indented.
  private static func indent(after line: Substring) -> Int {
    if line.hasPrefix("USAGE: ") { return 7 }
    let lead = line.prefix { $0 == " " }.count
    guard lead > 0, lead < explanation else { return lead }
    let label = line.prefix(explanation)
    if label.last == " ", label.dropFirst(lead).first == "-" || label.dropFirst(lead).first == "<" {
      return explanation
    }
    if let gap = line.dropFirst(lead).firstRange(of: /\S {2,}(?=\S)/) {
      return line.distance(from: line.startIndex, to: gap.upperBound)
    }
    return lead + 2
  }
}

extension String {
  fileprivate var withoutEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
