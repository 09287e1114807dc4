import ClaimFormats
import Foundation

/// Moves a file into another folder. At every moment the whole file is there under its old name, its new one, or both, and
/// no other file is written over. A move that was cut off is finished by the next.
enum FileMove {
  /// Gives the file its name in the folder. If another file has that name, a part of the content's SHA-256 is put before
  /// the extension: `claims-0123456789ab.837`. A file with the same content as the one there is removed.
  ///
  /// - Parameter name: the file's path below the folder.
  /// - Throws: the error of the file system, and `InputError`.
  static func move(_ path: String, into folder: URL, as name: String) throws {
    let target = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    let isThere = try give(path, name: target.path)
    if !isThere {
      guard try give(path, name: try unlike(target, path).path) else { throw POSIXError(.EEXIST) }
    }
    guard unlink(path) == 0 || errno == ENOENT else { throw POSIXError.system }
    LastingFile.syncFolder(of: path)
  }

  /// - Returns: whether the new name now has the file's content; false if it is that of another file.
  private static func give(_ path: String, name: String) throws -> Bool {
    if link(path, name) == 0 {
      LastingFile.syncFolder(of: name)
      return true
    }
    switch errno {
    case EEXIST: return try isSame(path, name)
    case EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS: return try copy(path, to: name)
    default: throw POSIXError.system
    }
  }

  private static func isSame(_ path: String, _ other: String) throws -> Bool {
    let (first, second) = (try status(path), try status(other))
    guard first.st_mode & S_IFMT == S_IFREG, second.st_mode & S_IFMT == S_IFREG else { return false }
    if (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino) {
      // One file under one name, seen through two folders: removing one would remove both.
      guard first.st_nlink > 1 else { throw POSIXError(.EEXIST) }
      return true
    }
    return first.st_size == second.st_size && FileManager.default.contentsEqual(atPath: path, andPath: other)
  }

  private static func status(_ path: String) throws -> stat {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw POSIXError.system }
    return status
  }

  /// Copies a file to another file system, or on one that has no links.
  private static func copy(_ path: String, to name: String) throws -> Bool {
    let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? source.close() }
    let copy = try LastingFile(path: name)
    while let bytes = try source.read(upToCount: 1 << 20), !bytes.isEmpty { try copy.write(Array(bytes)) }
    return try copy.finishUnlessThere() ? true : isSame(path, name)
  }

  private static func unlike(_ target: URL, _ path: String) throws -> URL {
    let digest = try InputFile(path: path, isRegular: true).sha256 { false }.prefix(12)
    let (stem, suffix) = (target.deletingPathExtension().lastPathComponent, target.pathExtension)
    return target.deletingLastPathComponent()
      .appending(path: "\(stem)-\(digest)\(suffix.isEmpty ? "" : ".\(suffix)")")
  }
}
