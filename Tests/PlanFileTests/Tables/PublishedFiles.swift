import Foundation

/// Published files, which we may not publish. They are read from the folder named by PAIDONCE_REFERENCE, or from beside
/// the package.
enum PublishedFiles {
  private static func place(of name: String) -> URL {
    let named = ProcessInfo.processInfo.environment["PAIDONCE_REFERENCE"].map { URL(filePath: $0) }
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    return (named ?? package.appending(path: "../shared/reference")).appending(path: name).standardized
  }

  static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: place(of: name).path) }

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: place(of: name))) }
}
