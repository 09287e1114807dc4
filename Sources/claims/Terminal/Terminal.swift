import ClaimFormats
import Dispatch
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

  /// Colors only on a terminal, and not where somebody said that they want none (https://no-color.org).
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

/// How far a long run is, on one line of standard error that is written over. Silent for the first second, so that
/// short work shows nothing.
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
  ///   - position: bytes read.
  ///   - size: of all input; nil when nobody knows.
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

  /// Takes the line away, so that what is printed next stands alone.
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
  /// 1,234,567.
  var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// "1 claim", "1,234 claims".
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

/// Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once. An orderly end that does
/// not come in time, since the bank or the store hangs, is made one at once as well: whatever is under way is on record,
/// and is taken up again when its leases end.
final class Interruption {
  /// What runs a fleet kills what has not ended half a minute after it was asked to.
  private static let patience = 25

  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: what to do when asked for an end.
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
          // Not `exit`, which waits for what hangs.
          _exit(ExitStatus.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
