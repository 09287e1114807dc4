import ClaimFormats
import Foundation

/// Standard output by the block: a line at a time would cost a system call each. A reader that went away (`| head`)
/// ends the process, as it does for any other command.
///
/// What is printed holds words of strangers: names, numbers, file names. No control character of theirs reaches a
/// terminal, whichever way it is printed.
struct Output {
  private var buffer: [UInt8] = []
  private static let block = 1 << 16

  /// - Parameter text: one line or several; only their line feeds are kept of what a terminal would act on.
  mutating func line(_ text: String) { self.text(text + "\n") }

  mutating func text(_ text: String) { bytes(Array(text.displayedLines.utf8)) }

  /// What was made fit to be displayed before it was colored.
  mutating func painted(_ text: String) { bytes(Array(text.utf8)) }

  /// JSON, or a file as it is.
  mutating func bytes(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.block { flush() }
  }

  mutating func flush() {
    guard !buffer.isEmpty else { return }
    Self.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// One line or several, at once.
  static func say(_ text: String) {
    var output = Output()
    output.line(text)
    output.flush()
  }

  /// Bytes as they are.
  static func write(_ bytes: [UInt8]) {
    guard let error = StandardStream.write(bytes, to: STDOUT_FILENO) else { return }
    if error == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    Terminal.complain("standard output cannot be written: \(String(cString: strerror(error)))")
    exit(ExitStatus.ioError.rawValue)
  }
}

/// Writing to a descriptor without a trap: `FileHandle.write` ends the process where the disk is full or the reader gone.
enum StandardStream {
  /// - Returns: the number of the error that kept it from being written; nil when all of it was.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
