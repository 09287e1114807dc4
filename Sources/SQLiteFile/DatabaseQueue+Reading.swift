import Foundation
package import GRDB

/// A database that is not whole without its write-ahead log, in a place where the log cannot be read.
package struct UnreadableLog: Error, CustomStringConvertible {
  package let path: String

  package var description: String {
    "\(path)-wal holds changes that can only be read in a folder that can be written; copy \(path) and its -wal to one"
  }
}

extension DatabaseQueue {
  /// Opens a file only to read it, whoever may write to it: a backup may lie on a disk that cannot be written.
  ///
  /// To read beside a writer SQLite keeps two files next to the database, and takes them away again where it may. Where it
  /// cannot make them, and there is no log with changes in it, the file is whole by itself and is read as one that nobody
  /// writes.
  ///
  /// The queue may be able to write; its owner must not.
  ///
  /// - Throws: `UnreadableLog`; `DatabaseError`; and what the configuration's own preparation throws.
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

  /// SQLite looks at a file when it is first asked something.
  private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    return queue
  }

  /// https://sqlite.org/uri.html: the locks and the log are left aside.
  private static func uri(of path: String) -> String {
    let absolute = URL(fileURLWithPath: path).path
    let encoded = absolute.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? absolute
    return "file://\(encoded)?immutable=1"
  }
}
