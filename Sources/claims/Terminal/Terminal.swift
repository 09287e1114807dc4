import ClaimFormats
import Dispatch
import Foundation

/// What the streams of this process are connected to.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The number of columns of the terminal behind standard output; 100 when there is none.
  static var width: Int {
    var size = winsize()
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

  /// The maximum number of columns of a complaint.
  private static let lineLimit = 1_000

  /// Writes text to standard error unchanged.
  static func tell(_ text: String) { _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}

/// The progress of a long run, on one line of standard error that is overwritten. It stays silent for the first second,
/// so that short work shows nothing.
struct ProgressBar {
  enum Mode: String, CaseIterable {
    case auto, always, never
  }

  private let isShown: Bool
  private let began = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private static let barWidth = 24

  init(_ mode: Mode) {
    isShown = mode == .always || (mode == .auto && Terminal.isTerminal(STDERR_FILENO))
  }

  /// - Parameters:
  ///   - position: the number of bytes read.
  ///   - size: the size of all input; nil when it is unknown.
  mutating func show(claims: Int, position: Int64, size: Int64?) {
    let now = ContinuousClock.now
    guard isShown, now - began > .seconds(1), lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    lastDrawn = now
    let milliseconds = max((now - began).milliseconds, 1)
    let rate = claims * 1_000 / milliseconds
    var line = "\(claims.grouped) claims, \(rate.grouped)/s"
    if let size, size > 0, position > 0 {
      let done = min(Int(position * 100 / size), 100)
      let filled = done * Self.barWidth / 100
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
      let left = Int(Int64(milliseconds) * max(size - position, 0) / position) / 1_000
      line = "\(bar) \(done) %  \(line), \(Self.clock(left)) left"
    }
    write("\r\u{1B}[2K\(line)")
  }

  /// Clears the line, so that the next output begins on an empty one.
  mutating func clear() {
    guard lastDrawn != nil else { return }
    lastDrawn = nil
    write("\r\u{1B}[2K")
  }

  private func write(_ text: String) { Terminal.tell(text) }

  private static func clock(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Duration {
  var milliseconds: Int { Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000) }
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

/// Handles Ctrl-C and SIGTERM: the first signal asks for an orderly end, the second ends the process at once. If an
/// orderly end takes too long because the bank or the store hangs, the process is ended as well. Work under way is on
/// record and is taken up again when its leases end.
final class Interruption {
  /// The time in seconds before the process is ended. Supervisors kill a process that has not ended half a minute after
  /// it was asked to.
  private static let patience = 25

  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: the action for the first signal.
  init(_ first: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        first()
        signal(number, SIG_DFL)
        Thread.detachNewThread {
          Thread.sleep(forTimeInterval: Double(Self.patience))
          // Standard error may hang as well.
          Thread.detachNewThread {
            Terminal.complain("ended with work under way: it is taken up again when its leases end")
          }
          Thread.sleep(forTimeInterval: 0.5)
          // `_exit` is used because `exit` would wait for whatever hangs.
          _exit(ExitStatus.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
