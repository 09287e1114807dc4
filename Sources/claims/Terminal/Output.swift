import ArgumentParser
import ClaimFormats
import Foundation

/// Buffers standard output in blocks, because writing line by line would cost a system call each. If the reader has
/// gone away (`| head`), the process ends, as with any other command.
///
/// The output contains words from outside: names, numbers, file names. No control character in them reaches a terminal,
/// however the text is printed.
/// terminal, whichever way it is printed.
struct Output {
  private var buffer: [UInt8] = []
  private static let block = 1 << 16

  /// - Parameter text: one line or several. Of its control characters, only line feeds are kept.
  mutating func line(_ text: String) { self.text(text + "\n") }

  mutating func text(_ text: String) { bytes(Array(text.displayedLines.utf8)) }

  /// Writes text that was made fit for display before it was colored.
  mutating func painted(_ text: String) { bytes(Array(text.utf8)) }

  /// Writes JSON, or a file as it is.
  mutating func bytes(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.block { flush() }
  }

  mutating func flush() {
    guard !buffer.isEmpty else { return }
    Self.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Prints one or more lines immediately.
  static func say(_ text: String) {
    var output = Output()
    output.line(text)
    output.flush()
  }

  /// Writes bytes unchanged.
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

/// Writes to a descriptor without a trap. `FileHandle.write` ends the process when the disk is full or the reader is
/// gone.
enum StandardStream {
  /// - Returns: the error number if a write failed; nil when everything was written.
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

/// Prepares the system limits that this process depends on, before it does anything else.
enum ProcessLimits {
  /// Enough for a store, its bank, a few readers of each, the input, and the output.
  private static let descriptors: rlim_t = 64

  static func prepare() {
    // Writing to a closed reader then returns an error. Standard output ends the process in that case; standard error
    // does not.
    signal(SIGPIPE, SIG_IGN)
    occupyStandardStreams()
    raiseDescriptorLimit()
  }

  /// Opens any closed standard streams. Otherwise the next opened file would get the number of one, and our output
  /// would go into that file.
  private static func occupyStandardStreams() {
    while true {
      let descriptor = open("/dev/null", O_RDWR)
      guard descriptor > STDERR_FILENO else {
        if descriptor < 0 { return }
        continue
      }
      close(descriptor)
      return
    }
  }

  /// Raises the descriptor limit. With too few descriptors, some file would fail to open at some point, which would
  /// look like a fault of the file.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_max < descriptors else { return }
    Terminal.complain(
      "this program may open only \(limit.rlim_max) files, and needs \(descriptors); raise the limit (ulimit -n)")
    exit(ExitStatus.unavailable.rawValue)
  }
}

enum OutputForm: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
