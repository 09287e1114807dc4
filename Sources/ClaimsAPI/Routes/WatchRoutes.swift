import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore
import Signatures

/// What machines ask: whether the service lives, whether it can work, how it does, and what it offers.
struct WatchRoutes {
  let app: ClaimsApp
  /// Nil if the store is not verified on a schedule.
  let verification: ScheduledVerification?

  /// The document that describes the service (OpenAPI 3.1).
  static var openAPI: [UInt8] { PackageResources.openapi_json }

  /// Adds the routes that need no token. Their answers contain nothing about claims.
  func addOpen(to router: Router<APIRequestContext>) {
    addHealth(to: router)
    router.get("openapi.json") { _, _ in
      APIAnswer(status: 200, contentType: "application/json", bytes: Self.openAPI).response()
    }
  }

  /// Adds the page with the key that the store signs its payment orders with. Banks read it.
  func addKeys(to router: Router<APIRequestContext>) {
    router.get(".well-known/jwks.json") { [app] _, _ in
      let keys = try await IssuerKey.published(by: app.store)
      return APIAnswer(status: 200, contentType: "application/jwk-set+json", bytes: keys.json).response()
    }
  }

  func addHealth(to router: Router<APIRequestContext>) {
    router.get("health") { _, _ in APIAnswer.json { $0.object { $0.member("status", "ok") } }.response() }
    router.get("ready", use: ready)
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("metrics", use: metrics)
  }

  /// Answers whether the store does. A load balancer sends requests elsewhere while it does not.
  @Sendable private func ready(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    _ = try await app.store.read { try $0.now }
    return APIAnswer.json { $0.object { $0.member("status", "ready") } }.response()
  }

  @Sendable private func metrics(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let text = try await MetricsPage(of: app, verification: verification).text
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
