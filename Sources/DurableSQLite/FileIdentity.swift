package import DurableExecution
import Foundation

/// Which file a path names, whatever the file is called. A file that is put in the place of another has its own identity.
package struct FileIdentity: Hashable, Sendable {
  private let path: String
  private let device: UInt64
  private let number: UInt64

  /// Nil if there is no such file.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (self.path, device, number) = (path, UInt64(status.st_dev), UInt64(status.st_ino))
  }

  /// - Throws: `StoreFailure.unreachable` if the path names another file now, or none. What is written to the one that was
  ///   opened is lost.
  package func refuseReplacement() throws(StoreFailure) {
    guard FileIdentity(of: path) == self else {
      throw .unreachable(
        "\(path) is no longer the file that was opened: it was removed, or replaced by another; start again")
    }
  }
}
