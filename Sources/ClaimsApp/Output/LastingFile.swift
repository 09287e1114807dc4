import Foundation

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
