import Foundation
import Subprocess
import SystemPackage

/// The program under test, from the same build folder as these tests.
enum Program {
  struct NotBuilt: Error {}

  /// - Throws: `NotBuilt` if the program is not beside the test bundle.
  static func path(of name: String = "claims") throws -> String {
    let bundles =
      [Bundle.main.executableURL, URL(fileURLWithPath: CommandLine.arguments[0])] + Bundle.allBundles.map(\.bundleURL)
    for bundle in bundles.compactMap(\.self) {
      let program = bundle.deletingLastPathComponent().appending(path: name).path
      if FileManager.default.isExecutableFile(atPath: program) { return program }
    }
    throw NotBuilt()
  }

  /// Runs an executable to its end.
  static func run(
    _ executable: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: [UInt8] = []
  ) async throws -> Ended {
    try await Turnstile.processes.pass {
      let record = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments),
        environment: .inherit.updating(variables(environment)),
        workingDirectory: FilePath(folder), input: .array(input), output: .bytes(limit: 1 << 26),
        error: .string(limit: 1 << 24))
      return Ended(
        way: Ended.Way(record.terminationStatus), output: record.standardOutput, errors: record.standardError)
    }
  }

  /// Runs an executable to its end, and calls `act` at its first output.
  static func run(
    _ executable: String, _ arguments: [String], in folder: String,
    atFirstWord act: @Sendable (_ process: pid_t) -> Void
  ) async throws -> Ended {
    try await Turnstile.processes.pass {
      let record = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments), workingDirectory: FilePath(folder), input: .none,
        output: .sequence, error: .string(limit: 1 << 24)
      ) { process in
        var said: [UInt8] = []
        for try await buffer in process.standardOutput {
          if said.isEmpty { act(process.processIdentifier.value) }
          said += buffer.withUnsafeBytes { Array($0) }
        }
        return said
      }
      return Ended(
        way: Ended.Way(record.terminationStatus), output: record.closureResult, errors: record.standardError)
    }
  }

  /// Runs an executable, and ends it with SIGKILL as soon as a condition holds.
  static func kill(
    _ executable: String, _ arguments: [String], in folder: String, when isTime: @Sendable () async throws -> Bool
  ) async throws -> Ended {
    try await Turnstile.processes.pass {
      let record = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments), workingDirectory: FilePath(folder), input: .none,
        output: .discarded, error: .string(limit: 1 << 24)
      ) { process in
        while try await !isTime() { try await Task.sleep(for: .milliseconds(20)) }
        try process.send(signal: .kill)
      }
      return Ended(way: Ended.Way(record.terminationStatus), output: [], errors: record.standardError)
    }
  }

  /// Runs an executable, calls `act`, and kills the process if it has not ended after the given time. The process does
  /// not count toward the limit of concurrent processes, since others may have to run at the same time.
  static func run(
    _ executable: String, _ arguments: [String], in folder: String, killedAfter patience: Duration,
    _ act: @Sendable (_ process: pid_t) async throws -> Void
  ) async throws -> Ended {
    let record = try await Subprocess.run(
      .path(FilePath(executable)), arguments: Arguments(arguments), workingDirectory: FilePath(folder), input: .none,
      output: .discarded, error: .string(limit: 1 << 24)
    ) { process in
      let result: Result<Void, any Error>
      do {
        result = .success(try await act(process.processIdentifier.value))
      } catch {
        result = .failure(error)
      }
      let end = ContinuousClock.now + patience
      while isRunning(process.processIdentifier.value), ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(50))
      }
      // This has no effect on a process that has already ended, which is still to be reaped.
      try? process.send(signal: .kill)
      return try result.get()
    }
    return Ended(way: Ended.Way(record.terminationStatus), output: [], errors: record.standardError)
  }

  private static func isRunning(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return text.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  static func variables(_ values: [String: String]) -> [Environment.Key: String?] {
    values.reduce(into: [:]) { variables, value in variables[Environment.Key(stringLiteral: value.key)] = value.value }
  }
}

extension Ended.Way {
  init(_ status: TerminationStatus) {
    self =
      switch status {
      case .exited(let code): .exited(Int(code))
      case .signaled(let number): .killed(signal: Int(number))
      }
  }
}
