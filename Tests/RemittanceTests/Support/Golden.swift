import Foundation

/// Files as they have to come out, in `Fixtures/expected/remittance`.
enum Golden {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ name: String) throws -> String {
    let file = packageRoot.appending(path: "Fixtures/expected/remittance/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
