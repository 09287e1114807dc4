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

/// A folder for one demonstration, with the sample claims in it. It is removed when the demonstration ends.
final class DemoFolder: Sendable {
  let path: String
  let claims: String

  /// - Throws: `SetupError.unavailable` when the folder cannot be created.
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

  /// The day of receipt, which keeps the timely filing of the sample claims as it was when they were written.
  static var received: CalendarDate? { CalendarDate(year: 2026, month: 4, day: 1) }

  /// Runs the sample claims with the `claims` program.
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

  // Anything that cannot be removed is left to the system's own cleanup.
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A store created for a demonstration. Its file carries a mark, and a demonstration does nothing to a store without
/// the mark. So it cannot reach a store that matters, whether by accident or through a link.
struct DemoStore {
  let path: String

  private static let mark = "made_for_a_demonstration"

  /// Creates a new store.
  ///
  /// - Parameter allowsSecondPayment: whether the unique index on standing payments is removed.
  /// - Throws: `ForeignStore` when a file already exists; `StoreFailure`.
  init(makingAt path: String, allowsSecondPayment: Bool = false) throws {
    guard !FileManager.default.fileExists(atPath: path) else { throw ForeignStore(path: path) }
    _ = try SQLiteStore(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE \(Self.mark) (made_at TEXT) STRICT") }
    if allowsSecondPayment { try StandingPaymentIndex.remove(fromFile: path) }
    self.path = path
  }

  /// Refers to a store that a demonstration created earlier.
  ///
  /// - Throws: `ForeignStore` when the store is missing or is not from a demonstration. Nothing is changed then.
  init(madeAt path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    let isMarked = try? DatabaseQueue(path: path, configuration: configuration).read { try $0.tableExists(Self.mark) }
    guard isMarked == true else { throw ForeignStore(path: path) }
    self.path = path
  }

  /// - Parameter life: the life whose work alone the store recognizes; nil to recognize all work.
  func open(probe: StoreProbe? = nil, forgettingAllBut life: String? = nil) throws -> ClaimStore {
    ClaimStore(try SQLiteStore(path: path, probe: probe), forgettingAllBut: life)
  }
}

/// A store that no demonstration has created.
struct ForeignStore: Error, CustomStringConvertible {
  let path: String

  var description: String {
    "\(path): this is no store that a demonstration has made, so nothing is done to it; `claims demo` makes its own"
  }
}
