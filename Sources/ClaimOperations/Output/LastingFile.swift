import Foundation

/// A file that appears complete or not at all, even after a power failure. It is written under the name of a draft in the
/// folder of its destination, synced to disk, and then renamed. Each draft has a name of its own, so two processes that
/// write the same file do not write into each other's draft; the file is the one that was finished last.
final class LastingFile {
  private let path: String
  private let draft: String
  private let handle: FileHandle

  /// - Parameter appends: whether the file keeps its existing content and adds to it.
  /// - Throws: the error of the file system.
  init(path: String, appending appends: Bool = false) throws {
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    draft = Self.newDraft(in: folder).path
    if appends {
      try FileManager.default.copyItem(atPath: path, toPath: draft)
    } else if !FileManager.default.createFile(atPath: draft, contents: nil) {
      throw CocoaError(.fileWriteUnknown)
    }
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: draft))
    try handle.seekToEnd()
  }

  /// Removes a draft that was not finished; a finished one no longer has this name.
  deinit { unlink(draft) }

  static func newDraft(in folder: URL) -> URL { folder.appending(path: ".claims-\(UUID().uuidString).part") }

  /// Removes the drafts that dead processes left behind. A draft that this process may not remove stays.
  static func removeDrafts(in folder: URL, olderThan day: Date) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(".claims-") && name.hasSuffix(".part") {
      let draft = folder.appending(path: name).path
      let changed = try? FileManager.default.attributesOfItem(atPath: draft)[.modificationDate] as? Date
      if let changed, changed < day { unlink(draft) }
    }
  }

  func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }

  /// Renames the draft to its final name. Nothing may be written afterward.
  func finish() throws {
    try handle.synchronize()
    try handle.close()
    guard rename(draft, path) == 0 else { throw POSIXError.system }
    Self.syncFolder(of: path)
  }

  /// Gives the draft its final name, unless there is a file of that name. Nothing may be written afterward.
  ///
  /// - Returns: whether the file is the one that was written.
  func finishUnlessThere() throws -> Bool {
    try handle.synchronize()
    try handle.close()
    if link(draft, path) != 0 {
      if errno == EEXIST { return false }
      // The file system has no hard links. If two processes take the same name at once, the last rename wins.
      guard !FileManager.default.fileExists(atPath: path) else { return false }
      guard rename(draft, path) == 0 else { throw POSIXError.system }
    }
    Self.syncFolder(of: path)
    return true
  }

  /// Makes a change of the names in a file's folder outlast a power failure, as far as the file system can.
  static func syncFolder(of path: String) {
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try LastingFile(path: path)
    try file.write(bytes)
    try file.finish()
  }
}

extension POSIXError {
  /// The error in `errno`.
  static var system: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
