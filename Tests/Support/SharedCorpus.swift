package import Foundation

/// Files of other projects, which are not ours to publish: looked for where PAIDONCE_CORPUS says, else beside the
/// package.
package enum SharedCorpus {
  /// X12 files of a kind: `834`. Nil where there are none.
  package static func x12(_ kind: String) -> URL? {
    let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CORPUS"].map { URL(filePath: $0) }
    let folder = (named ?? packageRoot.appending(path: "../shared/corpus")).appending(path: "x12/\(kind)")
    return FileManager.default.fileExists(atPath: folder.path) ? folder.standardizedFileURL : nil
  }
}
