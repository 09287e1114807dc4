import Foundation
import SystemPackage

/// A folder for one run of a tool, with the files that the run reads. Only this user can open it.
struct WorkFolder: Hashable {
  /// The name of the file that the tool is told: never the sender's.
  static let fileName = "input"

  let path: FilePath

  /// - Throws: an error of the file system; then nothing is left behind.
  init(holding files: [String: [UInt8]]) throws {
    let folder = Self.parent.appending(path: Self.prefix + UUID().uuidString)
    path = FilePath(folder.path)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    do {
      for (name, bytes) in files {
        let file = try FileDescriptor.open(
          path.appending(name), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerRead)
        _ = try file.closeAfter { try file.writeAll(bytes) }
      }
    } catch {
      remove()
      throw error
    }
  }

  private static let prefix = "claims-page-"
  private static var parent: URL { FileManager.default.temporaryDirectory.resolvingSymlinksInPath() }

  /// Removes folders that a process which was killed has left behind, with a form in each.
  static func removeAbandoned(before time: Date) {
    let all = try? FileManager.default.contentsOfDirectory(at: parent, includingPropertiesForKeys: nil)
    for folder in all ?? [] where folder.lastPathComponent.hasPrefix(prefix) {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
      guard let made = attributes?[.modificationDate] as? Date, made < time,
        attributes?[.type] as? FileAttributeType == .typeDirectory
      else { continue }
      try? FileManager.default.removeItem(at: folder)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path.string) }
}

extension FilePath {
  /// Whether a file is here that this user may run.
  var isExecutableFile: Bool { FileManager.default.isExecutableFile(atPath: string) }

  /// What a symbolic link points to.
  var target: FilePath? { (try? FileManager.default.destinationOfSymbolicLink(atPath: string)).map { FilePath($0) } }
}
