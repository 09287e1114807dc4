import Foundation

/// Puts files away once what they hold is on record: into one folder if there is nothing to correct, into another if there
/// is. A file that has to be read again stays where it is.
package struct FinishedFiles {
  private let done: OutputFolder?
  private let failed: OutputFolder?
  private var files: [String: File] = [:]

  /// What becomes of a file; what is said later of it counts if it comes later in this list.
  package enum Verdict: Int, Comparable {
    case done
    /// Something in it was rejected, or cannot be read.
    case failed
    /// Something in it has no outcome yet, or it holds no claims at all.
    case stays

    package static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }
  }

  private struct File {
    let path: String
    /// Its path below the folder that was named.
    let name: String
    let stamp: FileStamp
    var verdict = Verdict.done
  }

  /// Takes note of the files as they are before any of them is read.
  ///
  /// - Parameters:
  ///   - done: the folder for files of which nothing has to be corrected; nil to leave them where they are.
  ///   - failed: the folder for files of which something has to be; nil to leave them where they are.
  package init(_ sources: [ClaimSource], done: OutputFolder?, failed: OutputFolder?) {
    (self.done, self.failed) = (done, failed)
    guard done != nil || failed != nil else { return }
    for source in sources {
      guard let path = source.path, let name = source.nameInFolder, let stamp = FileStamp(path) else { continue }
      files[source.name] = File(path: path, name: name, stamp: stamp)
    }
  }

  package mutating func note(_ verdict: Verdict, of source: String) {
    guard let known = files[source]?.verdict else { return }
    files[source]?.verdict = max(known, verdict)
  }

  /// Moves a file after its end. Call this when all that it holds is on record.
  ///
  /// - Throws: `SetupError.unavailable` when it cannot be moved; it is then where it was.
  package mutating func finish(_ source: String) throws(SetupError) {
    guard let file = files.removeValue(forKey: source), let folder = folder(for: file.verdict) else { return }
    guard FileStamp(file.path) == file.stamp else {
      throw .unavailable(
        "\(file.path): it has changed since it was read, and stays where it is; run this again, and write files under "
          + "another name until they are whole")
    }
    do {
      try FileMove.move(file.path, into: folder.url, as: file.name)
    } catch {
      throw .unavailable(
        "\(file.path): cannot be moved to \(folder.url.path), and is on record all the same; check the disk and your "
          + "rights, and run this again")
    }
  }

  private func folder(for verdict: Verdict) -> OutputFolder? {
    switch verdict {
    case .done: done
    case .failed: failed
    case .stays: nil
    }
  }
}

/// What tells a file from one that was changed or put in its place.
private struct FileStamp: Equatable {
  private let number: Int
  private let size: Int
  private let changed: Date

  /// Nil for anything but a regular file, which is not moved: a pipe, or a link.
  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular, let number = attributes[.systemFileNumber] as? Int,
      let size = attributes[.size] as? Int, let changed = attributes[.modificationDate] as? Date
    else { return nil }
    (self.number, self.size, self.changed) = (number, size, changed)
  }
}
