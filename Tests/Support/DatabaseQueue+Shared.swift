package import GRDB

extension DatabaseQueue {
  /// Opens a file that processes use at the same time, and waits for them.
  package convenience init(shared path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    try self.init(path: path, configuration: configuration)
  }
}
