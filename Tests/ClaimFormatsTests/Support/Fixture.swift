import Foundation

/// Claims of fictional people, in `Fixtures/claims`.
enum Fixture {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let x12 = ["professional.x12", "institutional.x12", "odd-delimiters.x12", "two-interchanges.x12"]
  static let json = ["claim.json", "claims.json", "claims.ndjson"]

  static let fhir = ["bundle.json", "claims.ndjson", "institutional.json"]

  static func fhir(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: packageRoot.appending(path: "Fixtures/fhir/\(name)")), as: UTF8.self)
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: packageRoot.appending(path: "Fixtures/claims/\(name)")))
  }

  static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}
