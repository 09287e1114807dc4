import ArgumentParser
import Foundation

/// Feeds every reader with mutations of our own fixtures. A case depends only on the seed and its number, so a finding
/// can be reproduced with `--seed N --from K --count 1`.
@main
struct FuzzCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims-fuzz",
    abstract: "Run seeded mutations of the fixtures through every reader, and batches of them through the program.")

  @Option(help: "The same seed gives the same inputs.")
  var seed: UInt64 = .random(in: 0...UInt64(UInt32.max))

  @Option(help: "How many inputs.")
  var count = 1_000

  @Option(help: "The number of the first.")
  var from = 0

  @Option(help: "Only this reader.")
  var reader: FuzzedReader?

  @Option(help: "Inputs for each batch of claims that the program itself processes; 0 for none.")
  var batchEvery = 250

  @Option(help: "Seconds that one input may take.")
  var limit = 30

  @Option(help: "The folder Fixtures of the package.")
  var fixtures = "Fixtures"

  @Option(help: "Where what is found is kept.")
  var out = ".build/fuzz"

  @Flag(help: ArgumentHelp("Run the cases in this process.", visibility: .hidden))
  var worker = false

  func run() async throws {
    let plan = FuzzPlan(seed: seed, cases: from..<from + count, reader: reader, fixtures: fixtures, out: out)
    guard !worker else { return FuzzWorker(plan: plan).run() }
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    guard !SeedInputs(fixtures: fixtures).claims.isEmpty else {
      throw ValidationError("there are no fixtures in \(fixtures); name the folder with --fixtures")
    }
    FuzzReport.say("seed \(seed), inputs \(from) to \(from + count - 1)")
    let began = ContinuousClock.now
    var tally = try FuzzSupervisor(plan: plan, limit: limit).run()
    if batchEvery > 0, reader == nil {
      let trial = ProgramTrial(plan: plan, limit: limit)
      for number in stride(from: from, to: from + count, by: batchEvery) { try await trial.run(number, &tally) }
    }
    FuzzReport.say("seed \(seed): \(tally.text), in \(ContinuousClock.now - began)")
    if !tally.findings.isEmpty { throw ExitCode.failure }
  }
}

extension FuzzedReader: ExpressibleByArgument {}

struct FuzzPlan {
  let seed: UInt64
  var cases: Range<Int>
  let reader: FuzzedReader?
  let fixtures: String
  let out: String

  /// The file with the input that is being read.
  var current: String { "\(out)/current" }
}

/// Writes each line immediately, even to a file, since a run may be ended early.
enum FuzzReport {
  static func say(_ line: String) {
    let bytes = Array("fuzz: \(line)\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }
}

/// The results of a run.
struct FuzzTally {
  var inputs = 0
  var batches = 0
  var claimsPaid = 0
  var crashes = 0
  var hangs = 0
  var faults = 0
  /// Peak memory of a reader, in KB.
  var peak = 0
  private(set) var findings: [String] = []

  mutating func note(_ finding: String) {
    findings.append(finding)
    FuzzReport.say(finding)
  }

  var text: String {
    "\(inputs) inputs, \(batches) batches through the program with \(claimsPaid) claims paid, \(crashes) crashes, "
      + "\(hangs) hangs, \(faults) other faults, peak memory of a reader \(peak >> 10) MB"
  }
}
