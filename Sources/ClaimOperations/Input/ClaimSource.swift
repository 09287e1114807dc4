package import ClaimFormats
import Foundation
import Synchronization

/// One input: a file, standard input, or bytes in memory.
package struct ClaimSource: Hashable, Sendable {
  /// The name shown in messages, without control characters.
  package let name: String
  /// The path of the file; nil for standard input and for bytes in memory.
  package let path: String?
  /// The bytes of an input in memory, such as the body of a request.
  private var bytes: [UInt8]?
  /// Whether the file was found in a folder rather than named. A file found this way that is not a claim file is
  /// skipped with a note.
  package let isFromFolder: Bool

  /// The path below the folder in which the file was found, or the name of a file that was named; nil without a path.
  let nameInFolder: String?

  private init(name: String, path: String?, isFromFolder: Bool, nameInFolder: String? = nil) {
    (self.name, self.path, self.isFromFolder) = (name.displayed, path, isFromFolder)
    self.nameInFolder = nameInFolder ?? path.map { URL(fileURLWithPath: $0).lastPathComponent }
  }

  package init(name: String, bytes: [UInt8]) {
    self.init(name: name, path: nil, isFromFolder: false)
    self.bytes = bytes
  }

  /// Returns standard input for `-`, every file below a folder in name order, and files in the order they are named.
  ///
  /// - Parameter outputs: the folders that files are moved to afterward. What is below them is left out, a file that is
  ///   named twice is read once, and a folder may be empty.
  /// - Throws: `SetupError.badInput` for a path that does not exist and for a folder without files; `SetupError.usage` for
  ///   a path below one of the outputs.
  package static func sources(_ paths: [String], movedTo outputs: [String] = []) throws(SetupError) -> [ClaimSource] {
    guard !outputs.isEmpty else { return try sources(paths, isEmptyAllowed: false) }
    for path in paths where path != "-" {
      guard let output = outputs.first(where: { isPath(path, at: $0) }) else { continue }
      throw .usage("\(path): it is in \(output), where files are moved to; name what has not been read yet")
    }
    var known: Set<String> = []
    return try sources(paths, isEmptyAllowed: true).filter { source in
      guard let path = source.path else { return true }
      return !outputs.contains { isPath(path, at: $0) } && known.insert(real(path)).inserted
    }
  }

  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  private static func isPath(_ path: String, at folder: String) -> Bool {
    let (path, folder) = (real(path), real(folder))
    return path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : "\(folder)/")
  }

  private static func sources(_ paths: [String], isEmptyAllowed: Bool) throws(SetupError) -> [ClaimSource] {
    var sources: [ClaimSource] = []
    for path in paths {
      guard path != "-" else {
        sources.append(ClaimSource(name: "standard input", path: nil, isFromFolder: false))
        continue
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .badInput("\(path): there is no such file or folder")
      }
      guard isFolder.boolValue else {
        sources.append(ClaimSource(name: path, path: path, isFromFolder: false))
        continue
      }
      let files = files(below: path)
      guard !InputError.hasRunOutOfDescriptors else { throw .outOfDescriptors }
      guard isEmptyAllowed || !files.isEmpty else {
        throw .badInput("\(path): the folder has no files in it; name a folder with claims")
      }
      sources += files.map { file in
        ClaimSource(name: file.path, path: file.path, isFromFolder: true, nameInFolder: file.name)
      }
    }
    return sources
  }

  private static func files(below folder: String) -> [(name: String, path: String)] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let prefix = folder.hasSuffix("/") ? folder : "\(folder)/"
    return names.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }.map { ($0, prefix + $0) }
      .filter { file in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: file.1, isDirectory: &isFolder) && !isFolder.boolValue
      }.sorted { $0.1 < $1.1 }
  }

  var isStandardInput: Bool { path == nil && bytes == nil }

  /// The name of an answer to this source, without the extension; nil for standard input.
  package var answerName: String? { path.map { URL(fileURLWithPath: $0).lastPathComponent } }

  /// The name of an answer in JSON: `question.response.json` for `question.json`. It is another name than that of the
  /// source, so that an answer into the source's own folder does not overwrite it.
  package var jsonAnswerName: String { "\(answerStem ?? "answers").response.json" }

  private var answerStem: String? {
    answerName.map { $0.lowercased().hasSuffix(".json") && $0.count > 5 ? String($0.dropLast(5)) : $0 }
  }

  /// Checks the sources of a command that answers each file into one folder.
  ///
  /// - Throws: `SetupError.usage` when one answer would overwrite another.
  package static func refuseOneName(for sources: [ClaimSource]) throws(SetupError) {
    var known: [String: String] = [:]
    for source in sources {
      guard let name = source.answerStem, let other = known.updateValue(source.name, forKey: name) else { continue }
      throw .usage(
        "\(other) and \(source.name) are of one name, and so would their answers be; answer each into a folder of its own"
      )
    }
  }

  /// - Parameter givesUp: called from time to time while a pipe delivers nothing.
  /// - Throws: `InputError` when the source cannot be read.
  package func open(givesUp: () -> Bool = { false }) throws(InputError) -> any ClaimBytes {
    if let bytes { return MemoryBytes(bytes) }
    guard let path else { return try InputFile.standardInput(givesUp: givesUp) }
    return try InputFile(path: path, isRegular: isFromFolder, givesUp: givesUp)
  }

  /// The size in bytes, for progress; nil when it is unknown.
  var size: Int64? {
    bytes.map { Int64($0.count) }
      ?? path.flatMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int64 }
  }
}

/// A byte source that remembers the end of its last read, for progress.
final class MeteredBytes: ClaimBytes {
  private let bytes: any ClaimBytes
  private let reached = Atomic<Int>(0)

  init(_ bytes: any ClaimBytes) {
    self.bytes = bytes
  }

  /// The offset at which the last read ended.
  var position: Int { reached.load(ordering: .relaxed) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = try bytes.read(at: offset, into: buffer)
    reached.store(offset + count, ordering: .relaxed)
    return count
  }
}
