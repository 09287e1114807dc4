internal import Foundation

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
