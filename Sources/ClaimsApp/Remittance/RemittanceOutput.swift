package import ClaimStore
import ClaimPipeline
import Foundation

/// Where remittances go: a folder with a file for each, or one file with all of a run, an interchange after the other.
package struct RemittanceOutput {
  package let path: String
  private let option: String
  private let isFolder: Bool
  private var file: LastingFile?
  private var hasWritten = false

  /// - Parameters:
  ///   - path: a folder where it is one, or ends in `/`, or has no ending; else a file.
  ///   - option: as the command line calls it.
  /// - Throws: `SetupError.badInput` when nothing can be written there.
  package init(path: String, option: String, alwaysFolder: Bool = false) throws(SetupError) {
    self.path = path
    self.option = option
    var isThere: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isThere)
    let looksLikeFolder = path.hasSuffix("/") || URL(fileURLWithPath: path).pathExtension.isEmpty
    isFolder = exists && isThere.boolValue || alwaysFolder || looksLikeFolder
    if isFolder {
      _ = try OutputFolder(path: path, option: option)
    } else {
      try OutputFolder.check(file: path, option: option)
    }
  }

  /// - Throws: `SetupError.unavailable` when it cannot be written.
  package mutating func write(_ bytes: [UInt8], of remittance: RemittanceRow) throws(SetupError) {
    do {
      if isFolder {
        try LastingFile.write(bytes, to: URL(fileURLWithPath: path).appending(path: "\(remittance.id).835").path)
      } else {
        // The runs of one call are one after the other in the file.
        let file = try self.file ?? LastingFile(path: path, appending: hasWritten)
        try file.write(bytes)
        self.file = file
      }
    } catch {
      throw .unavailable("\(option) \(path): cannot be written; check the disk and your rights, and run it again")
    }
  }

  /// What was written stands from now on under its name.
  ///
  /// - Throws: `SetupError.unavailable` when it cannot be written.
  package mutating func finish() throws(SetupError) {
    guard let file else { return }
    do {
      try file.finish()
    } catch {
      throw .unavailable("\(option) \(path): cannot be written; check the disk and your rights, and run it again")
    }
    self.file = nil
    hasWritten = true
  }
}
