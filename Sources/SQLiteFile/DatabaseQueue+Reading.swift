import Foundation
package import GRDB

/// An error for a database that is incomplete without its write-ahead log, in a location where the log cannot be read.
package struct UnreadableLog: Error, CustomStringConvertible {
  package let path: String

  package var description: String {
    "\(path)-wal holds changes that can only be read in a folder that can be written; copy \(path) and its -wal to one"
  }
}

extension DatabaseQueue {
  /// Opens a file for reading only, whether or not it is writable: a backup may be on a read-only disk.
  ///
  /// To read alongside a writer, SQLite keeps two files next to the database, and removes them if it can. If it cannot
  /// create them, and there is no log with changes, the file is complete by itself and is read as one that no one
  /// writes.
  ///
  /// The queue may be able to write, but its owner must not write.
  ///
  /// - Throws: `UnreadableLog`; `DatabaseError`; and any error from the configuration's own preparation.
  package static func reading(path: String, configuration: Configuration) throws -> DatabaseQueue {
    if isWritable(path), let queue = try? opened(path, configuration) { return queue }
    var configuration = configuration
    configuration.readonly = true
    do {
      return try opened(path, configuration)
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      guard FileManager.default.isReadableFile(atPath: path) else { throw error }
      let log = try? FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int
      guard (log ?? 0) == 0 else { throw UnreadableLog(path: path) }
      return try opened(uri(of: path), configuration)
    }
  }

  private static func isWritable(_ path: String) -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return FileManager.default.isWritableFile(atPath: path) && FileManager.default.isWritableFile(atPath: folder)
  }

  /// Opens the file and reads from it, since SQLite does not examine a file before the first query.
  private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    return queue
  }

  /// Returns a URI with which SQLite ignores the locks and the log (https://sqlite.org/uri.html).
  private static func uri(of path: String) -> String {
    let absolute = URL(fileURLWithPath: path).path
    let encoded = absolute.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? absolute
    return "file://\(encoded)?immutable=1"
  }
}
