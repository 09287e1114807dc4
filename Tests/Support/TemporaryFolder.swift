import Foundation

/// A folder for one test, which is removed after the test. The folder is in memory where the machine has a memory file
/// system, since the tests create thousands of stores.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let memory = "/dev/shm"
    let base = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    path = "\(base)/paidonce-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  deinit {
    // If the folder cannot be removed, the system cleans it up later.
    try? FileManager.default.removeItem(atPath: path)
  }
}
