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
