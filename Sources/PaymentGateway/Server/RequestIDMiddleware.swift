import HTTPTypes
import Hummingbird

/// Every answer says which request it is to.
struct RequestIDMiddleware: RouterMiddleware {
  func handle(
    _ request: Request, context: BankRequestContext,
    next: (Request, BankRequestContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    if response.headers[.requestID] == nil { response.headers[.requestID] = request.headers[.requestID] }
    return response
  }
}
