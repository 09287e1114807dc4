import Foundation

/// A server that the tests start by a script in this folder. The script stops the server when no process holds the
/// script's standard input any longer, so the server never outlives the tests.
///
/// `@unchecked Sendable`: the properties do not change after the initializer until `deinit`.
final class ServerProcess: @unchecked Sendable {
  private let process = Process()
  /// The script's standard input. The server stops when it is closed. Another child process may hold it too, so
  /// `deinit` also sends a line.
  private let lifeline = Pipe()

  /// - Throws: `ServerProcessError` if the server is not installed or does not start.
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
    // If our copies stayed open, reading the pipes would never end.
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
    // The script may have ended already.
    _ = raisesBrokenPipe { try? lifeline.fileHandleForWriting.write(contentsOf: Data("stop\n".utf8)) }
    process.waitUntilExit()
  }
}

package struct ServerProcessError: Error, CustomStringConvertible {
  package let description: String
}
