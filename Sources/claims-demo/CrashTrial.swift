import ClaimStore
import ClaimPipeline
import ClaimsApp
import BankSimulator
import DurableSQLite
import Sabotage
import DurableSQL

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

  private func bank() throws -> Bank { try Bank(path: StoreLocation.sqlite(path: path).bankPath) }

  /// A run in this process, undisturbed, whose steps the watch records.
  func expected(_ watch: DeathWatch) async throws -> Int {
    let store = try DemoStore(makingAt: path)
    try await SampleRun(claims: folder.claims, store: store, gateway: nil, lease: .seconds(5))
      .run(watch, forgetting: false)
    return try await bank().transfers().count
  }

  func figures(dyingBefore number: Int) async throws -> Figures {
    let store = try DemoStore(makingAt: path)
    let lease = Duration.milliseconds(200)
    let killed = try await folder.trial(store: path, gateway: nil, lease: lease, ["--die-before", "\(number)"])
    guard killed.ending == .killed(signal: 9) else { throw DemoError.notKilled(killed.errors) }
    _ = try await folder.process(store: path, gateway: nil, lease: lease)
    let unfinished = try await store.open().read { try $0.unfinished(after: nil, limit: 100).count }
    return Figures(
      payments: try await bank().transfers().count, duplicates: try await bank().duplicates().count,
      unfinished: unfinished)
  }
}
