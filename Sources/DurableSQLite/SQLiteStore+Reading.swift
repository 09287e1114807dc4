package import DurableExecution
package import DurableSQL
import Foundation
import GRDB
import SQLiteFile

extension SQLiteStore {
  /// Opens a file that is there, only to read it: nothing is made, upgraded or written, so that a backup can be looked
  /// into wherever it lies. Whatever would write is refused as `StoreFailure.unwritable`.
  ///
  /// - Throws: `StoreFailure`.
  package convenience init(
    reading path: String, schema steps: SchemaSteps,
    clock: @escaping @Sendable () -> Timestamp = SQLiteStore.systemClock
  ) throws {
    let schema = SQLiteSchema(steps: steps, path: path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience / .seconds(1))
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY") }
    do {
      let queue = try DatabaseQueue.reading(path: path, configuration: configuration)
      let found = try queue.unsafeRead { database in
        try schema.refuseUnfitFile(database)
        return try schema.version(of: database)
      }
      guard found == steps.version else {
        throw StoreFailure.unreachable("\(path) has schema \(found); `claims migrate` brings it up to date")
      }
      self.init(queue, steps, isOnlyRead: true, clock: clock, probe: nil)
    } catch let error as UnreadableLog {
      throw StoreFailure.unreachable("\(error)")
    } catch {
      throw SQLiteFailure.storeFailure(error, path: path)
    }
  }
}
