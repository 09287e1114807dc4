import Foundation
import PostgresDriver
import TestSupport
import Testing

/// Real workers on one PostgreSQL, one of which stops without notice.
@Suite("A worker that falls silent holds up the others only briefly", .postgres, .timeLimit(.minutes(40)))
struct SilentWorkerTests {
  private static let claims = 120
  private static let work = [
    "work", "--enroll", "PPO", "--batch", "10", "--jobs", "2", "--lease", "2", "--lease-milliseconds", "2000",
  ]

  /// The ways in which a worker falls silent.
  enum Silence: CaseIterable {
    case stopped
    case cutOff
    case cutOffAndKilled
  }

  @Test(
    "whenever a worker is stopped or cut off, another one does all the work, and each claim is paid once",
    arguments: Silence.allCases, [1, 2, 3])
  func another(silence: Silence, seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let delay = Duration.milliseconds(Int.random(in: 0...4_000, using: &random))
    let office = try Office()
    let server = try PrivatePostgres()
    let store = try await server.newDatabase()
    try office.write(ManyClaims(count: Self.claims, seed: seed).text, to: "many.837")
    let submitted = try await office.claims(["submit", "many.837", "--store", store.text] + Office.received)
    #expect(submitted.way == .exited(0), "\(submitted.errors)")
    let proxy = try PostgresProxy(to: server)
    let way = try proxy.address(database: store)

    _ = try await Gateway.open(in: office, faults: Self.slowness) { gateway in
      let command = Self.work + ["--gateway", gateway.url]
      let silent = try await Program.run(
        Program.path(), command + ["--store", way.text], in: office.folder, killedAfter: .zero
      ) { process in
        try await Self.untilBegun(store, of: Self.claims)
        try await Task.sleep(for: delay)
        switch silence {
        case .stopped: kill(process, SIGSTOP)
        case .cutOff: proxy.fallSilent()
        case .cutOffAndKilled:
          proxy.fallSilent()
          kill(process, SIGKILL)
        }
        let other = try await Program.run(
          Program.path(), command + ["--until-empty", "--store", store.text], in: office.folder,
          killedAfter: .seconds(90)
        ) { _ in }
        #expect(other.way == .exited(0), "seed \(seed), \(delay): \(other.errors)")
      }
      #expect(silent.way == .killed(signal: 9))
    }
    try await office.bankPaid(Self.claims)
  }

  @Test("one silent connection does not hold up a worker's claims: it continues on another by itself")
  func oneConnection() async throws {
    let office = try Office()
    let server = try PrivatePostgres()
    let store = try await server.newDatabase()
    try office.write(ManyClaims(count: Self.claims, seed: 4).text, to: "many.837")
    _ = try await office.claims(["submit", "many.837", "--store", store.text] + Office.received)
    let proxy = try PostgresProxy(to: server)
    let way = try proxy.address(database: store)
    _ = try await Gateway.open(in: office, faults: Self.slowness) { gateway in
      let worker = try await Program.run(
        Program.path(), Self.work + ["--until-empty", "--gateway", gateway.url, "--store", way.text], in: office.folder,
        killedAfter: .seconds(90)
      ) { _ in
        try await Self.untilBegun(store, of: Self.claims)
        proxy.silenceOpenConnections()
      }
      #expect(worker.way == .exited(0), "\(worker.errors)")
    }
    try await office.bankPaid(Self.claims)
  }

  /// Faults that slow the bank down, so that a test can see claims in progress, however busy the machine is.
  static let slowness = "delay=1s:any:count=12"

  /// The number of claims that no worker has ever leased.
  static func notBegun(_ store: PostgresAddress) async throws -> Int {
    try await PostgresPool(store, limit: 1).use { wire in Int(try Self.notBegun(wire)) }
  }

  /// Waits until a worker has leased at least one of the claims. This stays true after it has finished them.
  static func untilBegun(_ store: PostgresAddress, of claims: Int) async throws {
    let onlooker = PostgresPool(store, limit: 1)
    let end = ContinuousClock.now + .seconds(600)
    while try await onlooker.use({ wire in try Self.notBegun(wire) }) >= claims {
      guard ContinuousClock.now < end else { throw NothingBegun() }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func notBegun(_ wire: PostgresWire) throws -> Int64 {
    let query = "SELECT count(*) FROM paidonce.claim_queue WHERE status = 'waiting' AND epoch = 0"
    try wire.send("not begun", query, PostgresArguments())
    return try wire.answers().first?.row(0).integer(0) ?? 0
  }

  /// No worker leased a claim for a long time.
  private struct NothingBegun: Error {}
}
