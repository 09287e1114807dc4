import Foundation
import PostgresDriver
import TestSupport
import Testing

@Suite("A command that is asked to end does so in time", .postgres, .timeLimit(.minutes(40)))
struct EndInTimeTests {
  /// The time after which a supervisor kills a process that has not ended.
  private static let deadline = Duration.seconds(30)

  @Test(
    "even if the bank hangs; the claims in progress are paid once by the next worker", arguments: StoreKind.allCases)
  func hungBank(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 30, seed: 3).text, to: "many.837")
    _ = try await office.claims(["submit", "many.837"] + Office.received + store.option)
    let work = ["work", "--enroll", "PPO", "--lease", "2", "--lease-milliseconds", "2000"] + store.option
    _ = try await Gateway.open(in: office, faults: "hang-after:commit:count=60") { gateway in
      let hung = try await Program.run(
        Program.path(), work + ["--gateway", gateway.url], in: office.folder, killedAfter: Self.deadline
      ) { process in
        while try await gateway.strikes() == 0 { try await Task.sleep(for: .milliseconds(20)) }
        kill(process, SIGTERM)
      }
      #expect(hung.way != .killed(signal: 9), "\(hung.errors)")
    }
    _ = try await Gateway.open(in: office) { gateway in
      let next = try await office.claims(work + ["--until-empty", "--gateway", gateway.url])
      #expect(next.way == .exited(0), "\(next.errors)")
    }
    try await office.bankPaid(30)
  }

  @Test("a worker that was to empty the queue and is stopped says so, and ends as process does")
  func stopped() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 30, seed: 3).text, to: "many.837")
    _ = try await office.claims(["submit", "many.837"] + Office.received)
    let work = ["work", "--until-empty", "--enroll", "PPO", "--jobs", "1", "--batch", "5"]
    _ = try await Gateway.open(in: office, faults: "delay=1s:commit") { gateway in
      let stopped = try await Program.run(
        Program.path(), work + ["--gateway", gateway.url], in: office.folder, killedAfter: Self.deadline
      ) { process in
        while try await gateway.strikes() == 0 { try await Task.sleep(for: .milliseconds(20)) }
        kill(process, SIGINT)
      }
      #expect(stopped.way == .exited(130), "\(stopped.errors)")
      #expect(stopped.errors.contains("stopped; what was begun is finished, run it again for the rest"))
      let queue = try await office.claims(["queue"]).text
      #expect(!queue.hasPrefix("waiting 0 "), "\(queue)")
    }
    _ = try await Gateway.open(in: office) { gateway in
      let rest = try await office.claims(work + ["--gateway", gateway.url])
      #expect(rest.way == .exited(0), "\(rest.errors)")
    }
    try await office.bankPaid(30)
  }

  @Test("a worker does not wait for a file that is no database")
  func noDatabase() async throws {
    let office = try Office()
    try office.write(String(repeating: "no database ", count: 200), to: "x.db")
    let worker = try await Program.run(
      Program.path(), ["work", "--store", "sqlite:x.db"], in: office.folder, killedAfter: Self.deadline
    ) { _ in }
    #expect(worker.way == .exited(69) && worker.errors.split(separator: "\n").count == 1, "\(worker.errors)")
    #expect(worker.errors.contains("x.db is not a SQLite database"), "\(worker.errors)")
  }

  @Test("even if its database is frozen or unreachable", arguments: [true, false])
  func silentServer(isFrozen: Bool) async throws {
    let office = try Office()
    let server = try PrivatePostgres()
    defer { server.thaw() }
    let store = try await server.newDatabase()
    try office.write(ManyClaims(count: 200, seed: 3).text, to: "many.837")
    _ = try await office.claims(["submit", "many.837", "--store", store.text] + Office.received)
    let proxy = try PostgresProxy(to: server)
    let way = try proxy.address(database: store)
    _ = try await Gateway.open(in: office, faults: SilentWorkerTests.slowness) { gateway in
      let worker = try await Program.run(
        Program.path(),
        ["work", "--enroll", "PPO", "--batch", "20", "--gateway", gateway.url, "--store", way.text],
        in: office.folder, killedAfter: Self.deadline
      ) { process in
        try await SilentWorkerTests.untilBegun(store, of: 200)
        if isFrozen { try server.freeze() } else { proxy.fallSilent() }
        kill(process, SIGTERM)
      }
      #expect(worker.way != .killed(signal: 9), "\(worker.errors)")
    }
  }

  @Test("and does not disturb the pooler: whenever workers end, pgBouncer in session mode keeps working")
  func pooler() async throws {
    let office = try Office()
    let server = try PrivatePostgres()
    let store = try await server.newDatabase()
    let pooler = try PrivatePgBouncer(before: server, .session)
    let way = try pooler.address(database: store.database)
    var random = SeededGenerator(seed: 11)
    let delays = (1...8).map { _ in Duration.milliseconds(Int.random(in: 0...600, using: &random)) }
    let perWorker = 50
    _ = try await Gateway.open(in: office) { gateway in
      let work = ["work", "--enroll", "PPO", "--batch", "10", "--gateway", gateway.url, "--store", way.text]
      for (round, delay) in delays.enumerated() {
        // Claims of this worker's own, so that each has something to lease however fast those before it were.
        let file = "many\(round).837"
        try office.write(ManyClaims(count: perWorker, seed: 3, first: round * perWorker + 1).text, to: file)
        let submitted = try await office.claims(["submit", file, "--store", way.text] + Office.received)
        #expect(submitted.way == .exited(0), "\(submitted.errors)")
        let waiting = try await SilentWorkerTests.notBegun(store)
        let worker = try await Program.run(Program.path(), work, in: office.folder, killedAfter: Self.deadline) {
          process in
          // A worker handles SIGTERM once it has begun to work.
          try await SilentWorkerTests.untilBegun(store, of: waiting)
          try await Task.sleep(for: delay)
          kill(process, SIGTERM)
        }
        #expect(worker.way == .exited(0) || worker.way == .killed(signal: 15), "\(worker.errors)")
      }
      let last = try await office.claims(work + ["--until-empty"])
      #expect(last.way == .exited(0), "the pooler still works: \(last.errors)")
    }
    try await office.bankPaid(delays.count * perWorker)
  }
}
