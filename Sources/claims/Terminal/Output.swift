import Foundation

/// Standard output by the block: a line at a time would cost a system call each. A reader that went away (`| head`)
/// ends the process, as it does for any other command.
struct Output {
  private var buffer: [UInt8] = []
  private static let block = 1 << 16

  mutating func line(_ text: String) { self.text(text + "\n") }

  mutating func text(_ text: String) { bytes(Array(text.utf8)) }

  mutating func bytes(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.block { flush() }
  }

  mutating func flush() {
    guard !buffer.isEmpty else { return }
    Self.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Bytes as they are.
  static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EINTR else { exit(ExitStatus.ioError.rawValue) }
        continue
      }
      rest = rest.dropFirst(count)
    }
  }
}
