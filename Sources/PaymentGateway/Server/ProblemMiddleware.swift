import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns whatever a route throws into `application/problem+json`.
struct ProblemMiddleware: RouterMiddleware {
  func handle(
    _ request: Request, context: BankRequestContext,
    next: (Request, BankRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as BankRequestError {
      return Response(try .problem(error.problem, error.detail))
    } catch let error as BankError {
      context.logger.error("\(error)")
      return Response(try .problem(.unavailable, "\(error); nothing was changed, try again later"))
    } catch is NIOTooManyBytesError {
      return Response(try .problem(.tooLarge, "a body may have at most \(BankRoutes.bodyLimit) bytes"))
    } catch let error as ConnectionCut {
      throw error
    } catch let error as any HTTPResponseError {
      return Response(
        try .other(error.status.code, error.status.reasonPhrase, "the bank has no such route, or not for this method"))
    } catch {
      context.logger.error("unexpected error", metadata: ["type": "\(type(of: error))"])
      return Response(
        try .other(500, "Internal Server Error", "ask what became of the payment before sending it again"))
    }
  }
}

extension Response {
  init(_ answer: BankResponse) {
    var headers: HTTPFields = [.contentType: answer.contentType]
    if answer.isReplay { headers[.idempotentReplay] = "true" }
    self.init(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}
