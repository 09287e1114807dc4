import BankSimulator
import Foundation
import Testing

@Suite("However a run ends, the next one finishes the work, and each claim is paid once")
struct SuddenEndTests {
  private static let count = 500

  private static let command = [
    "process", "many.837", "--enroll", "PPO", "--received", "2026-04-01", "--output", "json", "--batch", "20",
  ]
  /// The command with leases that end soon after a worker dies.
  private static let hasty = command + ["--lease-milliseconds", "300"]

  @Test("after kill -9, twice, a run finishes the work")
  func killed() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: Self.count, seed: 21).text, to: "many.837")
    for _ in 1...2 {
      let run = try await Program.run(Program.path(), Self.hasty, in: office.folder) { kill($0, SIGKILL) }
      #expect(run.way == .killed(signal: 9))
    }
    #expect(try await office.bank().transfers().count < Self.count)
    let rest = try await office.claims(Self.hasty)
    #expect(rest.way == .exited(0), "\(rest.errors)")
    #expect(try rest.reports().count == Self.count)
    try await office.bankPaid(Self.count)
    try await office.verifiesClean()
  }

  @Test(
    "Ctrl-C and SIGTERM end a run in order: work in progress is finished, and the run does not report completion",
    arguments: [SIGINT, SIGTERM])
  func stopped(signal: Int32) async throws {
    let office = try Office()
    try office.write(ManyClaims(count: Self.count, seed: 22).text, to: "many.837")
    let run = try await Program.run(Program.path(), Self.command, in: office.folder) { kill($0, signal) }
    #expect(run.way == .exited(130), "\(run.errors)")
    #expect(run.complaints == ["claims: stopped; what was begun is finished, run it again for the rest"])
    let done = try run.reports()
    #expect(!done.isEmpty && done.count < Self.count)
    #expect(done.allSatisfy { $0.status == "paid" }, "\(Set(done.compactMap(\.reason?.text)))")
    #expect(run.jsonLines.last?.hasPrefix("{\"summary\":{\"claims\":\(done.count),") == true)
    #expect(try await office.claims(["keys", "list", "--status", "PENDING"]).text.isEmpty)
    try await office.bankPaid(done.count)

    let rest = try await office.claims(Self.command)
    #expect(rest.way == .exited(0) && !rest.errors.contains("left unfinished"), "\(rest.errors)")
    #expect(try rest.reports().filter(\.replayed).count == done.count)
    try await office.bankPaid(Self.count)
    try await office.verifiesClean()
  }

  @Test("two concurrent processes on one store pay each claim once")
  func together() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 200, seed: 23).text, to: "many.837")
    async let first = office.claims(Self.hasty)
    async let second = office.claims(Self.hasty)
    let runs = try await [first, second]
    for run in runs {
      #expect(run.way == .exited(0), "\(run.errors)")
      #expect(try run.reports().map(\.status) == Array(repeating: "paid", count: 200))
    }
    // Both processes get all claims; each does some, and finds the rest done.
    #expect(try runs.flatMap { try $0.reports() }.filter { !$0.replayed }.count >= 200)
    try await office.bankPaid(200)
    try await office.verifiesClean()
  }

  @Test("a closed output (head) ends the run quietly, and the next run finishes the rest")
  func brokenPipe() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 200, seed: 24).text, to: "many.837")
    let run = try await office.shell("\"$CLAIMS\" \(Self.hasty.joined(separator: " ")) | head -n 1")
    #expect(run.jsonLines.count == 1 && run.errors.isEmpty, "\(run.errors)")
    #expect(try await office.claims(Self.hasty).way == .exited(0))
    try await office.bankPaid(200)
    try await office.verifiesClean()
  }
}
