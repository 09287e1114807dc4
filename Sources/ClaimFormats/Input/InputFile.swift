internal import Foundation

/// An open file of claims. What cannot be read twice (a pipe, standard input) is first spooled to a temporary file
/// that has no name, so it is gone with the process, however that ends.
package final class InputFile: ClaimBytes {
  private let descriptor: Int32

  /// - Throws: `InputError` when there is no such file, it is a folder, or it may not be read.
  package convenience init(path: String) throws(InputError) {
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw InputError("\(path): \(Self.systemError)") }
    do {
      try self.init(adopting: opened)
    } catch {
      throw InputError("\(path): \(error)")
    }
  }

  /// - Throws: `InputError` when standard input cannot be read or spooled.
  package static func standardInput() throws(InputError) -> InputFile {
    let copy = dup(STDIN_FILENO)
    guard copy >= 0 else { throw InputError("standard input: \(systemError)") }
    do {
      return try InputFile(adopting: copy)
    } catch {
      throw InputError("standard input: \(error)")
    }
  }

  private init(adopting opened: Int32) throws(InputError) {
    do {
      descriptor = try Self.isReadableTwice(opened) ? opened : Self.spool(opened)
    } catch {
      close(opened)
      throw error
    }
    if descriptor != opened { close(opened) }
  }

  deinit { close(descriptor) }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else { throw InputError("reading stopped at byte \(offset): \(Self.systemError)") }
    }
  }

  /// A regular file at its beginning; one that was already read in part (by a shell's `read`, say) is spooled from there.
  private static func isReadableTwice(_ descriptor: Int32) throws(InputError) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputError(systemError) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw InputError("is a folder, not a file")
    case S_IFREG: return lseek(descriptor, 0, SEEK_CUR) == 0
    default: return false
    }
  }

  private static func spool(_ source: Int32) throws(InputError) -> Int32 {
    var template = Array(NSTemporaryDirectory().utf8CString.dropLast()) + Array("claims-XXXXXX".utf8CString)
    let spool = mkstemp(&template)
    guard spool >= 0 else { throw InputError("no temporary file can be made: \(systemError)") }
    unlink(template)
    do {
      try copy(from: source, to: spool)
      return spool
    } catch {
      close(spool)
      throw error
    }
  }

  private static func copy(from source: Int32, to target: Int32) throws(InputError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Foundation.read(source, &buffer, buffer.count)
      if count == 0 { return }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw InputError(systemError)
      }
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes { write(target, $0.baseAddress?.advanced(by: written), count - written) }
        guard step > 0 else {
          if step < 0, errno == EINTR { continue }
          throw InputError("the temporary copy cannot be written: \(systemError)")
        }
        written += step
      }
    }
  }

  private static var systemError: String { String(cString: strerror(errno)) }
}
