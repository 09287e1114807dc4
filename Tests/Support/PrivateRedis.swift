import Foundation
package import DurableRedis

/// A Redis of the tests' own, started when the first test asks for it and stopped with the tests.
package final class PrivateRedis: Sendable {
  /// - Throws: `ServerProcessError` when Redis is not installed or does not start. Tests then fail: half a suite is no
  ///   suite.
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

  /// What redis-cli prints.
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
