import Foundation

/// An open file of claims. What cannot be read twice (a pipe, standard input) is first spooled to a temporary file
/// that has no name, so it is gone with the process, however that ends.
package final class InputFile: ClaimBytes {
  private let descriptor: Int32

  /// - Parameters:
  ///   - isRegular: whether anything but a file is refused: in a folder, a pipe would be waited for without end.
  ///   - givesUp: asked now and then while a pipe has nothing to say.
  /// - Throws: `InputError` when there is no such file, it is a folder or a device, it may not be read, or the wait was
  ///   given up.
  package convenience init(
    path: String, isRegular: Bool = false, givesUp: () -> Bool = { false }
  ) throws(InputError) {
    // Opening a pipe without a writer blocks, and a signal does not end the wait.
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

  /// - Parameter givesUp: asked now and then while there is nothing to read.
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

  /// What is opened stays open only where this succeeds.
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

  /// A regular file at its beginning; one that was already read in part (by a shell's `read`, say) is spooled from
  /// there.
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

  /// Waits for bytes, or for the end of them. A pipe that no writer has opened yet is no end.
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

/// A whole file in memory, of a kind that we read as a whole: rules, tables, who pays. Anything but a file is refused, since
/// a pipe or a device may go on without end.
package enum RegularFile {
  /// Whether there is a file at the path, or at what it links to.
  static func isAt(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// - Parameter limit: in bytes.
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

/// The system would not let us read: a matter of disks and permissions, not of what the file says.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
  /// Whether this machine is short of something (file descriptors, memory, disk), so that the input may be as it should
  /// be. Such a failure says nothing about the input.
  package let isShortage: Bool

  package init(_ description: String, isShortage: Bool = false) {
    self.description = description
    self.isShortage = isShortage
  }

  /// What the system has said last.
  ///
  /// - Parameter what: What it kept us from; put before the system's own words.
  static func system(_ what: String = "") -> InputError {
    let number = errno
    let words = String(cString: strerror(number))
    let isShortage = [EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC, EDQUOT].contains(number)
    let advice = number == EMFILE ? "; let this program open more files (ulimit -n)" : ""
    return InputError((what.isEmpty ? "" : "\(what): ") + words + advice, isShortage: isShortage)
  }

  /// The same error of a file.
  func at(_ place: String) -> InputError { InputError("\(place): \(description)", isShortage: isShortage) }
}

extension InputError {
  /// Whether no further file can be opened; asked where a library has failed and does not say why.
  package static var hasRunOutOfDescriptors: Bool {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == EMFILE || errno == ENFILE }
    close(descriptor)
    return false
  }
}
