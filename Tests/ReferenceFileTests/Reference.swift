import ClaimFormats
import ClaimsDomain
import Foundation

/// Published CMS files, which we may not publish. They are read from the folder named by PAIDONCE_REFERENCE, or from
/// beside the package.
enum Reference {
  static func path(_ name: String) -> String? {
    let named = ProcessInfo.processInfo.environment["PAIDONCE_REFERENCE"].map { URL(filePath: $0) }
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = (named ?? package.appending(path: "../shared/reference")).appending(path: name).standardized
    return FileManager.default.fileExists(atPath: file.path) ? file.path : nil
  }

  static func bytes(_ text: String) -> MemoryBytes { MemoryBytes(text.utf8, longestRead: 7) }
}
