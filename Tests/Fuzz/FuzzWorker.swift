import Foundation

/// Runs cases one after another in a separate process, since a trap ends the process. Before each case begins, its
/// input is on the disk and its number is on standard output.
struct FuzzWorker {
  let plan: FuzzPlan

  /// The limit for the peak memory of this process, in KB.
  static let memoryLimit = 200 << 10

  func run() {
    for number in plan.cases {
      let fuzzed = FuzzCase(number, seed: plan.seed, seeds: SeedInputs(fixtures: plan.fixtures), only: plan.reader)
      guard FileManager.default.createFile(atPath: plan.current, contents: Data(fuzzed.bytes)) else {
        return say("fault \(number) \(fuzzed.reader.rawValue) the case cannot be written to \(plan.current)")
      }
      say("begin \(number) \(fuzzed.reader.rawValue)")
      forgetPeak()
      do {
        for printed in try fuzzed.reader.read(fuzzed.bytes, name: fuzzed.name) {
          try FuzzFault.check(output: printed.bytes)
        }
      } catch {
        say("fault \(number) \(fuzzed.reader.rawValue) \(error)")
      }
      let peak = peakMemory
      if peak > Self.memoryLimit { say("fault \(number) \(fuzzed.reader.rawValue) took \(peak >> 10) MB") }
      say("peak \(peak)")
    }
    say("end")
  }

  private func say(_ line: String) {
    let bytes = Array("\(line.replacing("\n", with: " "))\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }

  /// Resets the peak by writing 5 to `clear_refs` (proc(5)).
  private func forgetPeak() {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "5", 1)
    close(descriptor)
  }

  private var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(separator: " ").compactMap { Int($0) }.first } ?? 0
  }
}

/// One input for one reader, which depends only on the seed and the number.
struct FuzzCase {
  let reader: FuzzedReader
  let name: String
  let bytes: [UInt8]

  init(_ number: Int, seed: UInt64, seeds: SeedInputs, only: FuzzedReader?) {
    var mutation = Mutation(generator: FuzzGenerator(seed: seed, number: number))
    let picked = mutation.generator.pick(FuzzedReader.allCases)
    reader = only ?? picked
    (name, bytes) = reader.input(seeds, &mutation)
  }
}
