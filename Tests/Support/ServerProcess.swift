import Foundation

/// A server that the tests start. The script beside this file that runs it stops it as soon as no process holds its
/// standard input, so it never outlives the tests.
///
/// `@unchecked Sendable`: nothing changes after the initializer but the release of the server.
final class ServerProcess: @unchecked Sendable {
  private let process = Process()
  /// Closed when we are gone; the server then stops. Another process of ours may hold it too: so it can also be told.
  private let lifeline = Pipe()

  /// - Throws: `ServerProcessError` when the server is not installed or does not start.
  init(_ script: String, _ arguments: [String]) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script)
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script.path] + arguments
    process.standardInput = lifeline
    let output = Pipe()
    process.standardOutput = output
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // Ours would keep the other end open for ever.
    try? output.fileHandleForWriting.close()
    try? errors.fileHandleForWriting.close()
    let word = output.fileHandleForReading.availableData
    guard String(decoding: word, as: UTF8.self).hasPrefix("ready") else {
      let why = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      throw ServerProcessError(
        description: "\(script.lastPathComponent): \(why.isEmpty ? "no reason given" : why); `make test` installs it")
    }
  }

  deinit {
    try? lifeline.fileHandleForWriting.write(contentsOf: Data("stop\n".utf8))
    process.waitUntilExit()
  }
}

package struct ServerProcessError: Error, CustomStringConvertible {
  package let description: String
}
