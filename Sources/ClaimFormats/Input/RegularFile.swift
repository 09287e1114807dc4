internal import Foundation

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
