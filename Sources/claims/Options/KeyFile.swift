import ClaimOperations
import Foundation
import Signatures

/// A file with public keys (a JSON Web Key Set), or a folder of such files, as given on the command line.
struct KeyFile {
  let path: String
  /// The option that names it, for messages.
  let option: String

  /// Reads the keys of the file, or of every .json file in the folder.
  ///
  /// - Throws: `SetupError.badInput`.
  func keys() throws(SetupError) -> KeySet {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw refusal(path, "there is no such file")
    }
    guard isFolder.boolValue else { return try Self.keys(in: path, refusal) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    let files = names.filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }
    guard !files.isEmpty else { throw refusal(path, "the folder has no .json file; `claims keys issuer` makes one") }
    var keys = KeySet([])
    for file in files { keys = keys.union(try Self.keys(in: file, refusal)) }
    return keys
  }

  private static func keys(
    in file: String, _ refusal: (String, String) -> SetupError
  ) throws(SetupError) -> KeySet {
    do {
      return try KeySet(parsing: try SmallFile.bytes(of: file, limit: KeySet.byteLimit))
    } catch let defect as KeyDefect {
      throw refusal(file, "\(defect)")
    } catch {
      throw refusal(file, "it cannot be read as a key set")
    }
  }

  private func refusal(_ file: String, _ reason: String) -> SetupError {
    .badInput("\(option) \(file): \(reason)")
  }
}

/// A file that has to be small, or standard input.
enum SmallFile {
  struct TooLarge: Error {}

  /// Reads a file, or standard input for `-`.
  ///
  /// - Throws: `TooLarge` when there are more bytes than the limit, and any error from the system.
  static func bytes(of path: String, limit: Int) throws -> [UInt8] {
    let file =
      path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    var bytes: [UInt8] = []
    while bytes.count <= limit, let part = try file.read(upToCount: limit + 1 - bytes.count), !part.isEmpty {
      bytes += part
    }
    guard bytes.count <= limit else { throw TooLarge() }
    return bytes
  }
}
