package import ClaimsAPI
package import ClaimsApp
import HTTPTypes
package import Hummingbird
import NIOCore

/// The examiner's pages: made by the service, without JavaScript, from the functions that the command line calls.
package struct Console: Sendable {
  private let parts: ConsoleParts

  /// - Parameter gate: what the API passes its requests through too.
  /// - Throws: `StoreFailure`.
  package init(_ app: ClaimsApp, tokens: TokenRegister, settings: ServiceSettings, gate: RequestGate) async throws {
    parts = try await ConsoleParts(app, tokens: tokens, settings: settings, gate: gate)
  }

  /// - Parameter tally: what the service has answered.
  package func add(to router: Router<APIRequestContext>, tally: RequestTally) {
    router.get("console/style.css") { _, _ in Self.file(PackageResources.console_css, "text/css; charset=utf-8") }
    router.get("console/console.js") { _, _ in
      Self.file(PackageResources.console_js, "text/javascript; charset=utf-8")
    }
    router.get("console/icon.svg") { _, _ in Self.file(PackageResources.icon_svg, "image/svg+xml") }
    router.get("**") { [parts] request, context in
      // Programs get the API's answer for a route that there is not.
      guard request.headers[.accept]?.contains("text/html") == true else { throw HTTPError(.notFound) }
      return SessionMiddleware.secured(
        try parts.pages.problem(.notFound("there is no such page"), for: ConsoleContext(context: context), token: nil))
    }
    let group = router.group("", context: ConsoleContext.self).add(middleware: SessionMiddleware(console: parts))
    SignInPages(console: parts).add(to: group)
    let routes = PageRoutes(console: parts, group: group)
    TodayPage(app: parts.app, tally: tally).add(to: routes)
    SendPage(console: parts).add(to: routes)
    WorkListPage(app: parts.app).add(to: routes)
    FormPages(console: parts).add(to: routes)
    FindPage(app: parts.app).add(to: routes)
    ClaimPages(console: parts).add(to: routes)
    MemberPage(app: parts.app).add(to: routes)
    RemittancePages(app: parts.app).add(to: routes)
    KeyPages(console: parts).add(to: routes)
    QueuePage(console: parts).add(to: routes)
    BatchPages(app: parts.app).add(to: routes)
    BulkPage(console: parts).add(to: routes)
    HoldsPage(console: parts).add(to: routes)
  }

  private static func file(_ bytes: [UInt8], _ type: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: type, .cacheControl: "max-age=300", .xContentTypeOptions: "nosniff"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
