package import Foundation

/// Files of other projects, which we may not publish. They are read from the folder named by PAIDONCE_CORPUS, or from
/// beside the package.
package enum SharedCorpus {
  /// The folder of X12 files of a kind, such as `834`; nil if there is none.
  package static func x12(_ kind: String) -> URL? { folder("x12/\(kind)") }

  /// The folder of FHIR files; nil if there is none.
  package static var fhir: URL? { folder("fhir") }

  private static func folder(_ name: String) -> URL? {
    let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CORPUS"].map { URL(filePath: $0) }
    let folder = (named ?? packageRoot.appending(path: "../shared/corpus")).appending(path: name)
    return FileManager.default.fileExists(atPath: folder.path) ? folder.standardizedFileURL : nil
  }
}
