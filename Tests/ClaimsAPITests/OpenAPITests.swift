import ClaimsApp
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import ClaimsAPI

@Suite("The OpenAPI document says what the service does")
struct OpenAPITests {
  @Test("every route is in the document, and the document has no other")
  func noDrift() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let app = try await ClaimsApp.build(
      ClaimsConfiguration(store: .sqlite(path: folder.appending(path: "claims.db").path)))
    let settings = ServiceSettings()
    let router = ClaimsServer.router(
      app, tokens: TokenRegister([]), settings: settings, gate: RequestGate(app, settings: settings))
    // Every GET has its HEAD.
    let served = Set(
      router.routes.filter { $0.method != .head }.map { "\($0.method.rawValue) \(Self.template($0.path.description))" })

    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(WatchRoutes.openAPI)) as? [String: Any])
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    let described = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
    #expect(served == described)
  }

  /// Hummingbird writes a parameter `:id`, OpenAPI `{id}`.
  private static func template(_ path: String) -> String {
    let parts = path.split(separator: "/").map { part in part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part) }
    return "/" + parts.joined(separator: "/")
  }
}
