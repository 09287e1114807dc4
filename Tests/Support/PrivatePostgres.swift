import Foundation
package import PostgresDriver

/// A PostgreSQL server of the tests' own, started when the first test asks for it and stopped with the tests, however
/// they end. Each store gets a schema of its own in it.
package final class PrivatePostgres: Sendable {
  /// - Throws: `PrivatePostgresError` when PostgreSQL is not installed or does not start. Tests then fail: half a suite
  ///   is no suite.
  package static func shared() throws -> PrivatePostgres { try started.get() }

  private static let started = Result { try PrivatePostgres(settings: ["fsync=off", "shared_buffers=256MB"]) }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  /// - Parameter settings: `name=value`, as in postgresql.conf.
  package init(settings: [String] = []) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess(folder: folder.path, settings: settings)
  }

  package var address: PostgresAddress {
    get throws { try PostgresAddress("postgres:///postgres?host=\(folder.path)/run&user=paidonce") }
  }

  /// An empty database of a test's own, for programs that choose their schema themselves.
  package func newDatabase() async throws -> PostgresAddress {
    let name = newSchema()
    try await PostgresConnection.open(address).use { try $0.execute(script: "CREATE DATABASE \(name)") }
    return try PostgresAddress("postgres:///\(name)?host=\(folder.path)/run&user=paidonce")
  }

  /// A name no other test uses.
  package func newSchema() -> String {
    "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
  }

  /// Runs SQL as somebody at a prompt would, behind the program's back.
  package func run(_ script: String, in schema: String) async throws {
    try await PostgresPool(address, limit: 1).use { wire in
      try wire.execute(script: "SET search_path = \(wire.quoted(identifier: schema)); \(script)")
    }
  }
}

package struct PrivatePostgresError: Error, CustomStringConvertible {
  package let description: String
}

/// `@unchecked Sendable`: set up in the initialiser, and only let go of afterwards.
private final class ServerProcess: @unchecked Sendable {
  private let process = Process()
  /// Closed when we are gone; the server then stops.
  private let lifeline = Pipe()

  init(folder: String, settings: [String]) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "private-postgres.sh")
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script.path, folder] + settings
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
      throw PrivatePostgresError(
        description: "PostgreSQL did not start: \(why.isEmpty ? "no reason given" : why); `make test` installs it")
    }
  }

  deinit {
    try? lifeline.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
