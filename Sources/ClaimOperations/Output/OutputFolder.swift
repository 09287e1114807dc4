package import Foundation

/// A folder for output files. Creating the value checks that files can be written, before any work is done that the
/// files report.
package struct OutputFolder: Sendable {
  package let url: URL

  /// Creates the folder if it does not exist.
  ///
  /// - Parameters:
  ///   - option: the name of the option on the command line.
  ///   - now: the time by which the age of drafts is judged.
  /// - Throws: `SetupError.badInput` when the folder cannot be created or written to.
  package init(path: String, option: String, now: Date = Date()) throws(SetupError) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .badInput("\(option) \(path): the folder cannot be made; name one you may write")
    }
    try Self.tryWriting(into: url, path: path, option: option)
    LastingFile.removeDrafts(in: url, olderThan: now.addingTimeInterval(-86_400))
  }

  /// Writes a file, complete or not at all.
  ///
  /// - Throws: `SetupError.unavailable` when it cannot be written.
  package func write(_ bytes: [UInt8], as name: String) throws(SetupError) {
    do {
      try LastingFile.write(bytes, to: url.appending(path: name).path)
    } catch {
      throw .unavailable("\(url.path)/\(name): cannot be written; check the disk and your rights")
    }
  }

  /// Checks that a single output file can be written. Its folder must already exist.
  ///
  /// - Throws: `SetupError.badInput`.
  static func check(file path: String, option: String) throws(SetupError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw .badInput("\(option) \(path): there is no folder \(folder.relativePath); make it, or name another file")
    }
    try tryWriting(into: folder, path: path, option: option)
  }

  /// Writes a probe file, because only a write takes permissions, quotas, mounts, and limits all into account.
  private static func tryWriting(into folder: URL, path: String, option: String) throws(SetupError) {
    let probe = LastingFile.newDraft(in: folder)
    do {
      try Data("probe".utf8).write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      try? FileManager.default.removeItem(at: probe)
      throw .badInput("\(option) \(path): cannot be written; check the disk and your rights, or name another place")
    }
  }
}

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
    guard rename(draft, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
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
