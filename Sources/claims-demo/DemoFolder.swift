import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableSQLite
import Fixtures
import Foundation
import GRDB
import Sabotage

/// A folder for one demonstration, with the sample claims in it; gone when it is over.
final class DemoFolder: Sendable {
  let path: String
  let claims: String

  /// - Throws: `SetupError.unavailable` when it cannot be made.
  init() throws(SetupError) {
    path = "\(NSTemporaryDirectory())/claims-demo-\(UUID().uuidString.prefix(8))"
    claims = "\(path)/demo.837"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(SampleFiles.claims).write(to: URL(fileURLWithPath: claims))
    } catch {
      throw .unavailable("\(path): a folder for the demonstration cannot be made; set TMPDIR to one you may write")
    }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The day makes the timely filing of the sample claims what it was when they were written.
  static var received: CalendarDate? { CalendarDate(year: 2026, month: 4, day: 1) }

  /// Runs the sample claims with `claims` itself.
  func process(store: String, gateway: String?, lease: Duration) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      .claims,
      [
        "process", claims, "--store", "sqlite:\(store)", "--received", Self.received?.description ?? "", "--output",
        "json", "--progress", "never", "--lease-milliseconds", "\(Int64(lease / .milliseconds(1)))",
      ] + (gateway.map { ["--gateway", $0] } ?? []))
  }

  /// Runs the sample claims with sabotage.
  func trial(
    store: String, gateway: String?, lease: Duration, _ sabotage: [String]
  ) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      .demo,
      ["trial", claims, "--store", store, "--lease", "\(Int64(lease / .milliseconds(1)))"] + sabotage
        + (gateway.map { ["--gateway", $0] } ?? []))
  }

  // What cannot be removed is left to the system's own cleaning.
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A store that was made for a demonstration. Its file carries a mark, and without the mark nothing is done to a store:
/// neither by accident nor through a link can a demonstration reach one that matters.
struct DemoStore {
  let path: String

  private static let mark = "made_for_a_demonstration"

  /// Makes a store where there is none.
  ///
  /// - Parameter allowsSecondPayment: whether the unique index on standing payments is left out.
  /// - Throws: `ForeignStore` where there is a file already; `StoreFailure`.
  init(makingAt path: String, allowsSecondPayment: Bool = false) throws {
    guard !FileManager.default.fileExists(atPath: path) else { throw ForeignStore(path: path) }
    _ = try SQLiteStore(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE \(Self.mark) (made_at TEXT) STRICT") }
    if allowsSecondPayment { try StandingPaymentIndex.remove(fromFile: path) }
    self.path = path
  }

  /// A store that a demonstration has made before.
  ///
  /// - Throws: `ForeignStore` where there is any other, or none; nothing is changed then.
  init(madeAt path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    let isMarked = try? DatabaseQueue(path: path, configuration: configuration).read { try $0.tableExists(Self.mark) }
    guard isMarked == true else { throw ForeignStore(path: path) }
    self.path = path
  }

  func open(probe: StoreProbe? = nil) throws -> SQLiteStore { try SQLiteStore(path: path, probe: probe) }
}

/// A store that no demonstration has made.
struct ForeignStore: Error, CustomStringConvertible {
  let path: String

  var description: String {
    "\(path): this is no store that a demonstration has made, so nothing is done to it; `claims demo` makes its own"
  }
}
