package import DurableRedis
import Foundation

/// A Redis server for the tests. It starts when the first test needs it and stops when the tests end.
package final class PrivateRedis: Sendable {
  /// - Throws: `ServerProcessError` if Redis is not installed or does not start. The tests then fail rather than being
  ///   skipped.
  package static func shared() throws -> PrivateRedis { try started.get() }

  private static let started = Result { try PrivateRedis() }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  package init() throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("private-redis.sh", [folder.path])
  }

  package var address: RedisAddress {
    get throws { try RedisAddress("unix://\(folder.path)/redis.sock") }
  }

  /// Runs a redis-cli command and returns its output.
  @discardableResult
  package func run(_ command: String...) throws -> String {
    let client = Process()
    client.executableURL = URL(filePath: "/usr/bin/env")
    client.arguments = ["redis-cli", "--raw", "-s", "\(folder.path)/redis.sock"] + command
    let output = Pipe()
    client.standardOutput = output
    try client.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    client.waitUntilExit()
    return text
  }
}
