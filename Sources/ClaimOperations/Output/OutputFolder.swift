package import Foundation

/// A folder that files are to be written into. That this can be done is found out when it is made, before anything is done
/// that the files are to tell of.
package struct OutputFolder: Sendable {
  package let url: URL

  /// Makes the folder where there is none.
  ///
  /// - Parameter option: as the command line calls it.
  /// - Throws: `SetupError.badInput` when it cannot be made, or nothing can be written into it.
  package init(path: String, option: String) throws(SetupError) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .badInput("\(option) \(path): the folder cannot be made; name one you may write")
    }
    try Self.tryWriting(into: url, path: path, option: option)
  }

  /// For a file of its own: what it is to be put into has to be there.
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

  /// Only writing tells: rights, quotas, mounts and limits all have their say.
  private static func tryWriting(into folder: URL, path: String, option: String) throws(SetupError) {
    let probe = folder.appending(path: ".claims-\(UUID().uuidString).part")
    do {
      try Data("probe".utf8).write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      try? FileManager.default.removeItem(at: probe)
      throw .badInput("\(option) \(path): cannot be written; check the disk and your rights, or name another place")
    }
  }
}

/// A file that is there as a whole or not at all, also after a power cut: written beside its place, brought to the disk,
/// then given its name.
struct LastingFile {
  private let path: String
  private let handle: FileHandle
  private var draft: String { Self.draft(of: path) }

  private static func draft(of path: String) -> String { "\(path).part" }

  /// - Parameter appends: whether what is there already comes first.
  /// - Throws: what the file system says.
  init(path: String, appending appends: Bool = false) throws {
    self.path = path
    let draft = Self.draft(of: path)
    try? FileManager.default.removeItem(atPath: draft)
    if appends {
      try FileManager.default.copyItem(atPath: path, toPath: draft)
    } else if !FileManager.default.createFile(atPath: draft, contents: nil) {
      throw CocoaError(.fileWriteUnknown)
    }
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: draft))
    try handle.seekToEnd()
  }

  func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }

  /// Gives it its name; nothing more is written.
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
