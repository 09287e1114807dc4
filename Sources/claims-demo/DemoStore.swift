import DurableExecution
import ClaimStore
import GRDB
import Foundation
import DurableSQLite
import Sabotage
import DurableSQL

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
