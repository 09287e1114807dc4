import BankProtocol
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Signatures

/// Refuses requests meant for another bank before anything else is examined, and names the bank in every response.
struct BankIdentityMiddleware: RouterMiddleware {
  let bank: BankID
  let key: VerifyingKey?

  func handle(
    _ request: Request, context: BankRequestContext,
    next: (Request, BankRequestContext) async throws -> Response
  ) async throws -> Response {
    let named = request.headers[values: .bankID]
    var response =
      try named.allSatisfy { $0 == bank.text }
      ? await next(request, context)
      : Response(.problem(.otherBank, "nothing was done; the bank here is \(bank)"))
    response.headers[.bankID] = bank.text
    response.headers[.bankKey] = key?.id
    return response
  }
}

/// Adds the ID of the request to every response.
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

/// Converts errors thrown by routes to `application/problem+json`.
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
    headers[.transferReceipt] = answer.receipt
    self.init(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}
