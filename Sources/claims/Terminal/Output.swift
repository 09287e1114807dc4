import ArgumentParser
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

/// What this process needs of the system before it does anything.
enum ProcessLimits {
  /// A store, its bank, a few readers of each, what is read and what is written.
  private static let descriptors: rlim_t = 64

  static func prepare() {
    // A reader that is gone is an error of that write: standard output ends the process then, standard error does not.
    signal(SIGPIPE, SIG_IGN)
    occupyStandardStreams()
    raiseDescriptorLimit()
  }

  /// Where a standard stream is closed, the next file that is opened would get its number, and what we say its content.
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

  /// With too few descriptors some file could not be opened at some moment, which looks like a fault of the file.
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
