import Foundation

/// Watches a worker. If the worker is ended by a signal, it has crashed at the case it named last; if it writes nothing
/// for too long, it hangs at that case. The supervisor keeps the input and starts another worker at the next case.
struct FuzzSupervisor {
  let plan: FuzzPlan
  /// The time limit for one case, in seconds.
  let limit: Int

  func run() throws -> FuzzTally {
    var tally = FuzzTally()
    var next = plan.cases.lowerBound
    while next < plan.cases.upperBound { next = try watch(from: next, &tally) }
    return tally
  }

  /// - Returns: the number of the next case.
  private func watch(from start: Int, _ tally: inout FuzzTally) throws -> Int {
    let child = try FuzzProcess(
      FuzzProcess.own,
      [
        "--worker", "--seed", "\(plan.seed)", "--from", "\(start)", "--count", "\(plan.cases.upperBound - start)",
        "--fixtures", plan.fixtures, "--out", plan.out,
      ] + (plan.reader.map { ["--reader", $0.rawValue] } ?? []))
    var last: (number: Int, reader: String)?
    while let line = child.nextLine(within: limit) {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      switch words.first {
      case "begin":
        tally.inputs += 1
        last = (Int(words[1]) ?? start, words[2])
      case "peak": tally.peak = max(tally.peak, Int(words[1]) ?? 0)
      case "fault":
        tally.faults += 1
        keep(words[1], words[2], "fault: \(words.last ?? "")", &tally)
      case "end":
        child.end()
        return plan.cases.upperBound
      default: break
      }
    }
    let (number, reader) = last ?? (start, "?")
    if child.isRunning {
      tally.hangs += 1
      keep("\(number)", reader, "hang: nothing for \(limit) s", &tally)
    } else {
      tally.crashes += 1
      keep("\(number)", reader, "crash: \(child.ending)", &tally)
    }
    child.end()
    return number + 1
  }

  private func keep(_ number: String, _ reader: String, _ what: String, _ tally: inout FuzzTally) {
    let path = "\(plan.out)/seed-\(plan.seed)-case-\(number)-\(reader)"
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.copyItem(atPath: plan.current, toPath: path)
    tally.note("\(what): reader \(reader), --seed \(plan.seed) --from \(number) --count 1; the input is in \(path)")
  }
}

/// A child process whose standard output is read line by line, with a time limit for each line.
final class FuzzProcess {
  private let process = Process()
  private let output = Pipe()
  private var buffer: [UInt8] = []

  /// The URL of this program. The program under test is in the same folder.
  static var own: URL { Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]) }

  init(_ executable: URL, _ arguments: [String]) throws {
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  var isRunning: Bool { process.isRunning }

  /// How the process ended.
  var ending: String {
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
      ? "signal \(process.terminationStatus)" : "exit status \(process.terminationStatus)"
  }

  /// Returns the next line; nil at the end of the output, or if no line arrives in time.
  func nextLine(within seconds: Int) -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeSubrange(...end)
        return line
      }
      var question = pollfd(fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&question, 1, Int32(seconds) * 1_000) > 0 else { return nil }
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(question.fd, &piece, piece.count)
      guard count > 0 else {
        process.waitUntilExit()
        return nil
      }
      buffer += piece[..<count]
    }
  }

  func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
