import Foundation

/// The expected files in `Fixtures/expected/remittance`.
enum Golden {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Returns the text of a file in `Fixtures/claims`.
  static func claims(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: packageRoot.appending(path: "Fixtures/claims/\(name)")), as: UTF8.self)
  }

  static func text(_ name: String) throws -> String {
    let file = packageRoot.appending(path: "Fixtures/expected/remittance/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
