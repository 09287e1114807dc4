import Subprocess
import SystemPackage

/// Runs the tools. A tool reads bytes that nobody vouches for, so each run is a process of its own that is expected to fail:
/// it has a folder with the files that it reads, an empty environment, no input, no network where the machine allows
/// that, limits on everything, and an end. It can write nothing but its standard output.
struct Sandbox: Sendable {
  let tools: PageTools
  let limits: PageLimits
  let clock: ContinuousClock

  /// Runs a tool on a file, and returns what the tool prints.
  ///
  /// - Parameters:
  ///   - arguments: what the tool is told.
  ///   - files: what its folder holds, by name.
  ///   - deadline: when the whole file must be done.
  func run(
    _ tool: PageTool, _ arguments: [String], on files: [String: [UInt8]], until deadline: ContinuousClock.Instant
  ) async throws(ToolFailure) -> [UInt8] {
    let left = Int(clock.now.duration(to: deadline).components.seconds)
    let seconds = min(limits.runSeconds, left)
    guard seconds > 0 else { throw ToolFailure(tool: tool, reason: .tooSlow(seconds: limits.fileSeconds)) }
    guard let folder = try? WorkFolder(holding: files), let path = tools.paths[tool] else {
      throw ToolFailure(tool: tool, reason: .notStarted)
    }
    defer { folder.remove() }
    let command = tools.isolation.wrapped(
      limited([path.string] + arguments), in: folder.path, readable: readable(by: tool))
    let reason: ToolFailure.Reason
    switch await outcome(of: command, in: folder.path, within: seconds) {
    case .success(let output): return output
    case .failure(let failure): reason = failure.reason
    }
    throw ToolFailure(tool: tool, reason: reason)
  }

  /// Our own tool may be anywhere, and the package manager links it with the runtime of Swift, though it is written in C.
  private func readable(by tool: PageTool) -> [FilePath] {
    tool == .image ? [tools.paths[tool], PageTools.folderOfTheRuntime].compactMap { $0 } : []
  }

  /// The command under `prlimit`. A file may not be written.
  private func limited(_ command: [String]) -> [String] {
    [
      tools.paths[.prlimit]?.string ?? "prlimit", "--as=\(limits.memoryBytes)", "--cpu=\(limits.runSeconds)",
      "--fsize=0", "--core=0", "--nproc=\(limits.processes)", "--nofile=\(limits.openFiles)", "--",
    ] + command
  }

  private struct Failure: Error { let reason: ToolFailure.Reason }

  private func outcome(
    of command: [String], in folder: FilePath, within seconds: Int
  ) async -> Result<[UInt8], Failure> {
    await withTaskGroup(of: Result<[UInt8], Failure>?.self) { group in
      group.addTask { await ended(command, in: folder) }
      group.addTask {
        try? await clock.sleep(for: .seconds(seconds))
        return nil
      }
      let first = await group.next() ?? nil
      // Ends the process, with all that it started, if the time was up first.
      group.cancelAll()
      return first ?? .failure(Failure(reason: .tooSlow(seconds: seconds)))
    }
  }

  private func ended(_ command: [String], in folder: FilePath) async -> Result<[UInt8], Failure> {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
    do {
      let record = try await Subprocess.run(
        .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
        environment: .custom(Self.environment), workingDirectory: folder, platformOptions: options, input: .none,
        output: .bytes(limit: limits.outputBytes), error: .discarded)
      switch record.terminationStatus {
      case .exited(0): return .success(record.standardOutput)
      case .exited(let status): return .failure(Failure(reason: Self.reason(status: Int(status))))
      case .signaled(let signal): return .failure(Failure(reason: .killed(signal: Int(signal))))
      }
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failure(Failure(reason: .tooMuchOutput(bytes: limits.outputBytes)))
    } catch {
      return .failure(Failure(reason: .notStarted))
    }
  }

  /// Bubblewrap reports a signal as 128 more, as a shell does.
  private static func reason(status: Int) -> ToolFailure.Reason {
    status > 128 && status < 160 ? .killed(signal: status - 128) : .refused(status: status)
  }

  /// One thread, as `nproc` allows, and words in English.
  private static let environment: [Environment.Key: String] = ["OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"]
}
