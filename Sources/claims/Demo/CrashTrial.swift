import DurableExecution
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import PaymentGateway

/// One life that ends before its time, and the one after it.
struct CrashTrial {
  let folder: DemoFolder
  let name: String

  struct Figures {
    var payments: Int
    var duplicates: Int
    var unfinished: Int
  }

  private var path: String { folder.file("\(name).db") }

  private var store: StoreLocation { .sqlite(path: path) }

  /// A run in this process, undisturbed, whose steps the watch writes down.
  func expected(_ watch: DeathWatch) async throws -> Int {
    var configuration = ClaimsConfiguration(store: store)
    configuration.receivedOn = CalendarDate(year: 2026, month: 4, day: 1)
    configuration.deathWatch = watch
    let setup = try await ClaimsSetup(configuration)
    try await run(setup, over: try await setup.openStore())
    return try await Bank(path: store.bankPath).transfers().count
  }

  private func run(_ setup: ClaimsSetup, over store: some ClaimStore) async throws {
    let app = try await ClaimsApp(setup, over: store)
    let feed = ClaimFeed(try ClaimSource.sources([folder.claims]), batchSize: 200)
    _ = try await app.processor.resume()
    try await ClaimRun(app.processor, feed: feed, jobs: 1).run { _ in }
  }

  func run(dyingBefore number: Int) async throws -> Figures {
    let command = folder.process(store: path) + ["--lease-milliseconds", "200"]
    let killed = try await ChildProcess.run(command + ["--die-before", "\(number)"])
    guard killed.ending == .killed(signal: 9) else { throw DemoError.notKilled(killed.errors) }
    _ = try await ChildProcess.run(command)
    let bank = try Bank(path: store.bankPath)
    let unfinished = try await store.openExisting().read { try $0.unfinished(after: nil, limit: 100).count }
    return Figures(
      payments: try await bank.transfers().count, duplicates: try await bank.duplicates().count,
      unfinished: unfinished)
  }
}
