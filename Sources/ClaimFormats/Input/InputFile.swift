import Foundation

/// An open file of claims. Input that cannot be read twice (a pipe, standard input) is first spooled to an unnamed
/// temporary file, which disappears with the process however it ends.
package final class InputFile: ClaimBytes {
  private let descriptor: Int32

  /// - Parameters:
  ///   - isRegular: Whether to refuse anything but a regular file. In a folder, reading a pipe could wait forever.
  ///   - givesUp: Called periodically while a pipe has no data.
  /// - Throws: `InputError` when the file does not exist, is a folder or a device, or may not be read, or when the wait
  ///   was given up.
  package convenience init(
    path: String, isRegular: Bool = false, givesUp: () -> Bool = { false }
  ) throws(InputError) {
    // Opening a pipe without a writer blocks, and a signal does not interrupt the wait.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw InputError.system().at(path) }
    do {
      try Self.refuseOddKind(opened, isRegular: isRegular)
      try self.init(adopting: opened, givesUp)
    } catch {
      close(opened)
      throw error.at(path)
    }
  }

  /// - Parameter givesUp: Called periodically while there is nothing to read.
  /// - Throws: `InputError` when standard input cannot be read or spooled, or the wait was given up.
  package static func standardInput(givesUp: () -> Bool = { false }) throws(InputError) -> InputFile {
    let copy = dup(STDIN_FILENO)
    guard copy >= 0 else { throw InputError.system("standard input") }
    do {
      return try InputFile(adopting: copy, givesUp)
    } catch {
      close(copy)
      throw error.at("standard input")
    }
  }

  /// Takes ownership of the descriptor only if initialization succeeds; otherwise the caller closes it.
  private init(adopting opened: Int32, _ givesUp: () -> Bool) throws(InputError) {
    if try Self.isReadableTwice(opened) {
      descriptor = opened
    } else {
      descriptor = try Self.spool(opened, givesUp)
      close(opened)
    }
  }

  deinit { close(descriptor) }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else { throw InputError.system("reading stopped at byte \(offset)") }
    }
  }

  private static func kind(of descriptor: Int32) throws(InputError) -> mode_t {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputError.system() }
    return status.st_mode & S_IFMT
  }

  private static func refuseOddKind(_ descriptor: Int32, isRegular: Bool) throws(InputError) {
    switch try kind(of: descriptor) {
    case S_IFREG: return
    case S_IFDIR: throw InputError("is a folder, not a file")
    case S_IFIFO: if isRegular { throw InputError("is a pipe, not a file") }
    default: if isRegular || isatty(descriptor) == 0 { throw InputError("is a device, not a file") }
    }
  }

  /// Returns true for a regular file at its beginning. A file that was already partly read (by a shell's `read`, for
  /// example) is spooled from its current position.
  private static func isReadableTwice(_ descriptor: Int32) throws(InputError) -> Bool {
    switch try kind(of: descriptor) {
    case S_IFDIR: throw InputError("is a folder, not a file")
    case S_IFREG: return lseek(descriptor, 0, SEEK_CUR) == 0
    default: return false
    }
  }

  private static func spool(_ source: Int32, _ givesUp: () -> Bool) throws(InputError) -> Int32 {
    var template = Array(NSTemporaryDirectory().utf8CString.dropLast()) + Array("claims-XXXXXX".utf8CString)
    let spool = mkstemp(&template)
    guard spool >= 0 else { throw InputError.system("no temporary file can be made") }
    unlink(template)
    do {
      try copy(from: source, to: spool, givesUp)
      return spool
    } catch {
      close(spool)
      throw error
    }
  }

  private static func copy(from source: Int32, to target: Int32, _ givesUp: () -> Bool) throws(InputError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      try awaitBytes(of: source, givesUp)
      let count = Foundation.read(source, &buffer, buffer.count)
      if count == 0 { return }
      guard count > 0 else {
        if errno == EINTR || errno == EAGAIN { continue }
        throw InputError.system()
      }
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes { write(target, $0.baseAddress?.advanced(by: written), count - written) }
        guard step > 0 else {
          if step < 0, errno == EINTR { continue }
          throw InputError.system("the temporary copy cannot be written")
        }
        written += step
      }
    }
  }

  /// Waits for bytes or for the end of input. A pipe that no writer has opened yet does not count as ended.
  private static func awaitBytes(of source: Int32, _ givesUp: () -> Bool) throws(InputError) {
    while true {
      if givesUp() { throw InputError("the wait for it was given up") }
      var question = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      let count = poll(&question, 1, 200)
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw InputError.system() }
    }
  }
}

/// A small file that is read into memory as a whole: rules, tables, payers. Anything but a regular file is refused,
/// since a pipe or a device may never end.
package enum RegularFile {
  /// Whether a regular file exists at the path, or at the target of a link there.
  static func isAt(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// - Parameter limit: The largest size allowed, in bytes.
  /// - Throws: `InputError`, whose text does not name the file.
  package static func read(_ path: String, limit: Int) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw InputError.system() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputError.system() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw InputError("it is no regular file") }
    guard status.st_size <= limit else { throw InputError("it is longer than \(limit >> 10) KB") }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw InputError.system() }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}

/// An error from the system while reading: a matter of disks and permissions, not of the file's content.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
  /// Whether this machine is short of a resource (file descriptors, memory, disk). Such a failure says nothing about
  /// the input, which may be correct.
  package let isShortage: Bool

  package init(_ description: String, isShortage: Bool = false) {
    self.description = description
    self.isShortage = isShortage
  }

  /// The error in `errno`.
  ///
  /// - Parameter what: The operation that failed; put before the system's message.
  static func system(_ what: String = "") -> InputError {
    let number = errno
    let words = String(cString: strerror(number))
    let isShortage = [EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC, EDQUOT].contains(number)
    let advice = number == EMFILE ? "; let this program open more files (ulimit -n)" : ""
    return InputError((what.isEmpty ? "" : "\(what): ") + words + advice, isShortage: isShortage)
  }

  /// Returns the same error with the file named.
  func at(_ place: String) -> InputError { InputError("\(place): \(description)", isShortage: isShortage) }
}

extension InputError {
  /// Whether no more files can be opened. Used when a library has failed without giving a reason.
  package static var hasRunOutOfDescriptors: Bool {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == EMFILE || errno == ENFILE }
    close(descriptor)
    return false
  }
}
