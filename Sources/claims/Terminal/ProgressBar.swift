import Foundation

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
  ///   - position: the number of bytes that the claims so far took.
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
