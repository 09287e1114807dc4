import ClaimsAPI
import HTTPTypes
import Hummingbird

/// Finds out who is signed in, by the session's cookie, and answers errors as pages.
struct SessionMiddleware: RouterMiddleware {
  let console: ConsoleParts

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    Self.secured(try await answer(request, context, next))
  }

  /// Adds what every page of the console is sent with.
  static func secured(_ response: Response) -> Response {
    var response = response
    for field in headers where response.headers[field.name] == nil { response.headers.append(field) }
    return response
  }

  private func answer(
    _ request: Request, _ context: ConsoleContext, _ next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    do {
      (context.caller, context.session) = try await console.sessions.find(in: request)
      return try await next(request, context)
    } catch is SignedOut {
      return .redirect(to: "/sign-in")
    } catch {
      guard let problem = APIProblem(error) else { throw error }
      let token = context.session.map(console.sessions.keeper.formToken)
      return try console.pages.problem(problem, for: context, token: token)
    }
  }

  /// A page loads its own style and script and nothing else, is shown in no frame, and is kept in no cache.
  private static let headers: HTTPFields = {
    var headers: HTTPFields = [
      .contentSecurityPolicy: """
      default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
      form-action 'self'; base-uri 'none'; frame-ancestors 'none'
      """,
      .cacheControl: "no-store",
      .xContentTypeOptions: "nosniff",
    ]
    if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "same-origin" }
    return headers
  }()
}
