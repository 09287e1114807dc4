import BankSimulator
import Foundation

/// Processes a batch of mutated files with the program itself, with its own store and bank, and then checks the books:
/// nothing is paid twice, every sum is right, every invariant holds, and no output acts on a terminal.
struct ProgramTrial {
  let plan: FuzzPlan
  /// The base of the time limit for one command, in seconds.
  let limit: Int

  func run(_ number: Int, _ tally: inout FuzzTally) async throws {
    let folder = "\(plan.out)/batch-\(plan.seed)-\(number)"
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: "\(folder)/in", withIntermediateDirectories: true)
    try write(number, to: "\(folder)/in")
    let before = tally.findings.count
    tally.batches += 1
    do {
      try await process(in: folder, &tally)
    } catch {
      tally.faults += 1
      tally.note("fault: \(error): batch \(number), seed \(plan.seed), kept in \(folder)")
    }
    if tally.findings.count == before { try FileManager.default.removeItem(atPath: folder) }
  }

  /// Writes some files of both formats, and the first of them again, as a clearinghouse sends a claim twice.
  private func write(_ number: Int, to folder: String) throws {
    let seeds = SeedInputs(fixtures: plan.fixtures)
    var mutation = Mutation(generator: FuzzGenerator(seed: plan.seed, number: -1 - number))
    for index in 0..<4 {
      let reader: FuzzedReader = index == 3 ? .jsonClaims : .claims
      let bytes = index == 2 ? seeds.claims[0] : reader.input(seeds, &mutation).bytes
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(index).in"))
      if index == 0 { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/9.in")) }
    }
  }

  private func process(in folder: String, _ tally: inout FuzzTally) async throws {
    let process = ["process", "in", "--enroll", "PPO", "--received", "2026-04-01", "--remit", "out"]
    for arguments in [process, process + ["--output", "json"]] { try claims(arguments, in: folder, allowing: [0, 65]) }
    try claims(["verify"], in: folder, allowing: [0])
    for arguments in [
      ["suspense"], ["keys", "list"], ["show", "DEMO-001"], ["show", "DEMO-001", "--output", "json"],
    ] {
      try claims(arguments, in: folder, allowing: [0, 65])
    }
    tally.claimsPaid += try await paid(in: folder)
  }

  private func claims(_ arguments: [String], in folder: String, allowing statuses: [Int32]) throws {
    let program = FuzzProcess.own.deletingLastPathComponent().appending(path: "claims")
    let (output, errors) = ("\(folder)/output.txt", "\(folder)/errors.txt")
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let giveUp = ContinuousClock.now + .seconds(limit * 4)
    while process.isRunning, ContinuousClock.now < giveUp { usleep(10_000) }
    guard !process.isRunning else {
      kill(process.processIdentifier, SIGKILL)
      throw FuzzFault(description: "`claims \(arguments.joined(separator: " "))` hangs")
    }
    guard process.terminationReason == .exit, statuses.contains(process.terminationStatus) else {
      throw FuzzFault(
        description: "`claims \(arguments.joined(separator: " "))` ended with \(process.terminationStatus)"
          + (process.terminationReason == .exit ? "" : " by signal"))
    }
    for path in [output, errors] {
      try FuzzFault.check(output: Array(FileManager.default.contents(atPath: path) ?? Data()))
    }
  }

  /// - Returns: the number of transfers in the bank's books.
  /// - Throws: `FuzzFault` if the bank's books are wrong.
  private func paid(in folder: String) async throws -> Int {
    let books = "\(folder)/claims.bank.db"
    guard FileManager.default.fileExists(atPath: books) else { return 0 }
    let bank = try Bank(path: books)
    let transfers = try await bank.transfers()
    guard try await bank.duplicates().isEmpty, Set(transfers.map(\.reference)).count == transfers.count else {
      throw FuzzFault(description: "a claim was paid twice")
    }
    guard try await bank.discrepancies().isEmpty else { throw FuzzFault(description: "the bank's books are broken") }
    return transfers.count
  }
}
