import HTTPTypes
package import Hummingbird
import Logging

/// Finds out who calls, by the bearer token (RFC 6750). A request without a known token goes no further.
struct AccessMiddleware: RouterMiddleware {
  let tokens: TokenRegister
  /// Nil where callers may make any number of requests.
  let rates: CallerRates?

  func handle(
    _ request: Request, context: APIRequestContext, next: (Request, APIRequestContext) async throws -> Response
  ) async throws -> Response {
    let values = request.headers[values: .authorization]
    guard values.count == 1, let token = Self.token(in: values[0]),
      let caller = tokens.caller(of: TokenRegister.digest(of: token))
    else {
      throw APIProblem.unauthorized
    }
    try rates?.admit(caller.name)
    var context = context
    context.caller = caller
    return try await next(request, context)
  }

  private static func token(in header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}

/// Lets only callers through who may do what the routes behind it do. A refusal leaves a line in the log.
package struct PermissionMiddleware: RouterMiddleware {
  private let permission: Permission

  package init(permission: Permission) {
    self.permission = permission
  }

  package func handle(
    _ request: Request, context: APIRequestContext, next: (Request, APIRequestContext) async throws -> Response
  ) async throws -> Response {
    let caller = try context.requireCaller()
    guard caller.may(permission) else {
      context.logger.notice(
        "refused: the caller may not \(permission.rawValue)",
        metadata: ["caller": "\(caller.name)", "route": "\(context.endpointPath ?? "")"])
      throw APIProblem.forbidden
    }
    return try await next(request, context)
  }
}

/// The context of a request: who calls, once that is known.
package struct APIRequestContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  package var caller: Caller?

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }

  /// The context of a request that has come over no network.
  init(logger: Logger) {
    coreContext = .init(source: LocalSource(logger: logger))
  }

  private struct LocalSource: RequestContextSource {
    let logger: Logger
  }

  /// - Throws: `APIProblem.unauthorized`.
  package func requireCaller() throws(APIProblem) -> Caller {
    guard let caller else { throw .unauthorized }
    return caller
  }
}
