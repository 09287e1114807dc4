import BankSimulator
import Fixtures
import Foundation
import Synchronization

/// A folder for one test in which the program runs, with its store and its bank. The folder is removed after the test.
final class Office: Sendable {
  let folder: String
  private let server = Mutex<OfficeBank?>(nil)

  /// The day on which the sample claims are received.
  static let received = ["--received", "2026-04-01"]

  init() throws {
    folder = "\(NSTemporaryDirectory())/paidonce-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  // If the folder cannot be removed, the system cleans it up later.
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } }

  func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// Writes the sample plans, fees and members to a folder.
  func writePlans(to name: String) throws {
    for file in SampleFiles.plans { try write(file.bytes, to: "\(name)/plans/\(file.name)") }
    for file in SampleFiles.feeSchedules { try write(file.bytes, to: "\(name)/fees/\(file.name)") }
    for file in SampleFiles.members { try write(file.bytes, to: "\(name)/members/\(file.name)") }
  }

  func claims(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) async throws -> Ended {
    try await Program.run(
      Program.path(), arguments + bankOption(for: arguments), in: folder, environment: environment, input: input)
  }

  /// Returns the gateway option for a PostgreSQL store, which requires a named bank: the office's own bank over HTTP,
  /// for commands that pay and for commands that read its books.
  func bankOption(for arguments: [String]) async throws -> [String] {
    let needsBank = ["process", "work", "adjust", "suspense", "intake", "verify", "reconcile"].contains(arguments.first)
    let asksNothing = ["list", "show", "note", "assign", "correct", "discard"].contains(arguments.dropFirst().first)
    guard needsBank, arguments.contains(where: { $0.hasPrefix("postgres") }), !arguments.contains("--gateway"),
      !asksNothing, arguments.count > 3
    else { return [] }
    if let server = server.withLock(\.self) { return ["--gateway", server.url] }
    let started = try await OfficeBank(try bank())
    let server = server.withLock { server in
      server = server ?? started
      return server ?? started
    }
    return ["--gateway", server.url]
  }

  /// Runs `claims process` as of the day on which the sample claims are received.
  func process(_ arguments: String..., input: [UInt8] = []) async throws -> Ended {
    try await process(arguments, input: input)
  }

  func process(_ arguments: [String], input: [UInt8] = []) async throws -> Ended {
    try await claims(["process"] + arguments + Self.received, input: input)
  }

  /// Runs a line of shell, in which `$CLAIMS` is the program.
  func shell(_ script: String) async throws -> Ended {
    try await Program.run(
      "/bin/sh", ["-c", script], in: folder, environment: ["CLAIMS": try Program.path(), "TERM": "xterm"])
  }

  /// Opens the books of the bank that a run without a gateway keeps beside the store.
  func bank(_ name: String = "claims.bank.db") throws -> Bank { try Bank(path: path(name)) }
}
