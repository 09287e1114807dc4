import Foundation

/// A folder of a test's own, gone when the test is over. In memory where the machine offers that, since thousands of
/// stores are made and thrown away.
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
    // A folder that cannot be removed is left to the system's own cleaning.
    try? FileManager.default.removeItem(atPath: path)
  }
}
